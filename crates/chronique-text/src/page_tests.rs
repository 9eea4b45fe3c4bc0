use crate::{BlockKind, BlockRules, Text};

/// The blocks of a text, as `kind: text` lines.
fn read(source: &str) -> Vec<String> {
    let text = Text::new(source).unwrap();
    let blocks = BlockRules::french().blocks(&text);
    blocks.iter().map(|block| format!("{}: {}", block.kind, text.slice(block.span))).collect()
}

const BODY: &str = "Les combats ont repris lundi à l’aube, selon l’armée.";

#[test]
fn lines_of_debris_are_told_from_lines_of_the_article() {
    // A line in the middle of an article, and what it is.
    let cases = [
        ("Publicité", "ad"),
        ("- PUBLICITÉ -", "ad"),
        ("La publicité politique est interdite", "body"),
        ("La suite après cette publicité", "ad"),
        ("» LIRE AUSSI - Strasbourg: les mesures de sécurité vont-elles suffire?", "related"),
        ("À lire : notre enquête sur la trêve", "related"),
        ("Lire et écrire sont des droits", "body"),
        ("La mystérieuse arrestation d'une chercheuse en Iranpar BFMTV", "related"),
        ("Partager sur Facebook", "share"),
        ("Facebook ,", "share"),
        ("Facebook a fermé des comptes liés à l’armée", "body"),
        ("Recevez l'essentiel de l'actualité avec nos newsletters", "newsletter"),
        ("Recevez nos vœux", "body"),
        ("Cet article est réservé aux abonnés.", "newsletter"),
        ("AFP, publié le vendredi 14 août 2020 à 06h07", "byline"),
        ("Orange avec AFP-Services, publié le mercredi 13 novembre 2019 à 08h28", "byline"),
        ("Publié le 3 mars 2021 à 14:05 - Mis à jour le 4 mars 2021", "byline"),
        ("23/12/2018 17:55:58 -", "byline"),
        ("Beyrouth (AFP) -", "byline"),
        ("Par Jean-Marc Four", "byline"),
        ("Par crainte des bombes, ils partent", "body"),
        ("Publié le : 12/02/2024 - 18:45", "byline"),
        ("Avec notre correspondante à Kinshasa, Paulina Zidi", "byline"),
        ("Avec notre aide, l’armée avance", "body"),
        ("Légende image, L’armée patrouille à Mopti", "caption"),
        ("Il y a 3 heures", "byline"),
        ("Il y a 3 morts", "body"),
        ("©MANDEL NGAN / AFP", "credit"),
        ("ATTA KENARE / AFP", "credit"),
        ("Reuters / Thomas Peter", "credit"),
        ("Photo : Maxim Shipenov", "credit"),
        ("Photo Reuters", "credit"),
        ("Photos volées et vendues à l’armée", "body"),
        ("Une tâche \"solennelle\" pour les démocrates", "body"),
        ("— Emmanuel Macron a été élu", "body"),
    ];
    for (line, kind) in cases {
        let blocks = read(&format!("Trêve à Goma\n\n{BODY}\n\n{BODY}\n\n{line}\n\n{BODY}\n"));
        assert_eq!(blocks[3], format!("{kind}: {line}"));
        assert_eq!(blocks[4], format!("body: {BODY}"), "after {line}");
    }
}

#[test]
fn parts_of_lines() {
    let cases: [(&str, &[&str]); 11] = [
        (
            "Des soldats à Goma, le 8 février 2024. (Image d'illustration) AFP - GUERCHOM NDEBO",
            &[
                "caption: Des soldats à Goma, le 8 février 2024.",
                "credit: (Image d'illustration) AFP - GUERCHOM NDEBO",
            ],
        ),
        ("L’armée recule. AFP a vu des chars.", &["body: L’armée recule. AFP a vu des chars."]),
        ("16 avril 2018 . – L’armée recule.", &["byline: 16 avril 2018 . –", "body: L’armée recule."]),
        ("BEYROUTH (Reuters) - L’armée recule.", &["byline: BEYROUTH (Reuters) -", "body: L’armée recule."]),
        ("Le 16 avril 2018, l’armée recule.", &["body: Le 16 avril 2018, l’armée recule."]),
        (
            "L’armée recule. Photo d’archives par Maxim Shipenov/EPA-EFE",
            &["caption: L’armée recule.", "credit: Photo d’archives par Maxim Shipenov/EPA-EFE"],
        ),
        ("L’armée recule. (Photo Ana Gil/AFP)", &["caption: L’armée recule.", "credit: (Photo Ana Gil/AFP)"]),
        ("L’armée recule. Photo à l’appui, il nie.", &["body: L’armée recule. Photo à l’appui, il nie."]),
        (
            "L’armée recule. A lire aussi : Le nord tombe L’armée nie.",
            &["body: L’armée recule.", "related: A lire aussi :", "body: Le nord tombe L’armée nie."],
        ),
        (
            "L’armée recule (lire aussi page 3) et nie.",
            &["body: L’armée recule", "related: (lire aussi page 3)", "body: et nie."],
        ),
        ("Il faut lire aussi entre les lignes.", &["body: Il faut lire aussi entre les lignes."]),
    ];
    for (line, expected) in cases {
        let blocks = read(&format!("Trêve à Goma\n\n{line}\n\n{BODY}"));
        assert_eq!(blocks[1..blocks.len() - 1], *expected, "{line}");
    }
}

#[test]
fn the_head_of_a_page() {
    let page = "in\n\nMonde\n\nTrêve à Goma\n\nDes soldats à Goma, lundi.\n\n©ATTA KENARE / AFP\n\nA lire aussi\n\nMonde\n\n\
                L'ONU condamne \"l'agression\"\n\nAFP, publié le lundi 25 mai 2020 à 09h51\n\nL’armée recule.\n\nLe prix de la paix\n\nElle nie.";
    assert_eq!(
        read(page),
        [
            "other: in",
            "other: Monde",
            "title: Trêve à Goma",
            "caption: Des soldats à Goma, lundi.",
            "credit: ©ATTA KENARE / AFP",
            "related: A lire aussi",
            "related: Monde",
            "related: L'ONU condamne \"l'agression\"",
            "byline: AFP, publié le lundi 25 mai 2020 à 09h51",
            "body: L’armée recule.",
            "body: Le prix de la paix",
            "body: Elle nie.",
        ]
    );
}

#[test]
fn a_list_of_headlines_ends_where_the_article_goes_on() {
    let page =
        format!("Trêve à Goma\n\n{BODY}\n\nÀ lire aussi\n\nUn titre ?\n\n{BODY}\n\nUn intertitre\n\n{BODY}");
    let kinds = |page: &str| read(page).iter().map(|block| block[..4].to_owned()).collect::<Vec<_>>();
    assert_eq!(kinds(&page), ["titl", "body", "rela", "rela", "body", "body", "body"]);
    let page =
        format!("Trêve à Goma\n\n{BODY}\n\nÀ lire aussi\n\nUn titre\n\nPublicité\n\nUn intertitre\n\n{BODY}");
    assert_eq!(kinds(&page), ["titl", "body", "rela", "rela", "ad: ", "body", "body"]);
}

#[test]
fn headlines() {
    let cases = [
        (
            "no headline before a sentence",
            "L’armée recule.\n\nElle nie.",
            ["body: L’armée recule.", "body: Elle nie."],
        ),
        ("a question", "Une trêve ?\n\nElle nie.", ["title: Une trêve ?", "body: Elle nie."]),
        ("one line break", "Une trêve\r\nElle nie.", ["title: Une trêve", "body: Elle nie."]),
        ("a short word with a capital stays", "Guerre\n\nElle nie.", ["title: Guerre", "body: Elle nie."]),
    ];
    for (name, page, expected) in cases {
        assert_eq!(read(page), expected, "{name}");
    }
    assert_eq!(read("Une trêve"), ["body: Une trêve"]);
    assert_eq!(read(" \n\u{A0}\r\n"), [""; 0]);
}

#[test]
fn the_headline_again() {
    let title = "L'Azerbaïdjan lance une campagne « antiterroriste » au Haut-Karabakh";
    let cases = [
        ("L’Azerbaïdjan lance une campagne antiterroriste au Haut-Karabakh", "repeat"),
        ("L’Azerbaïdjan lance une campagne antiterroriste au Haut-Kar", "repeat"),
        ("L’Azerbaïdjan lance une campagne antiterroriste au Haut-Karabakh : l’Arménie réagit", "repeat"),
        ("L’Azerbaïdjan lance une campagne de dons", "body"),
        ("L’Azerbaïdjan lance une campagne antiterroriste au Haut-Karabakh.", "body"),
    ];
    for (line, kind) in cases {
        let blocks = read(&format!("{title}\n\n{BODY}\n\n{line}\n\n{BODY}"));
        assert_eq!(blocks[2], format!("{kind}: {line}"));
    }
}

#[test]
fn rules_of_your_own_replace_ours() {
    let rules = BlockRules::from_tsv("other\tline\tgoma *\n").unwrap();
    let text = Text::new("Trêve\n\nGoma, 3 mars\n\nPublicité").unwrap();
    let kinds: Vec<BlockKind> = rules.blocks(&text).iter().map(|block| block.kind).collect();
    assert_eq!(kinds, [BlockKind::Title, BlockKind::Other, BlockKind::Body]);
}

#[test]
fn errors_name_the_place() {
    let cases = [
        ("# x\nadvert\tline\tpublicite", 2, 1),
        ("ad\tanywhere\tpublicite", 1, 2),
        ("ad\tline", 1, 3),
        ("ad\tline\tPublicite", 1, 3),
        ("ad\tline\tle <day>", 1, 3),
        ("ad\tline\tpublicite\tlong", 1, 4),
    ];
    for (rules, line, column) in cases {
        let error = BlockRules::from_tsv(rules).unwrap_err();
        assert_eq!((error.line(), error.column()), (line, column), "{error}");
    }
}
