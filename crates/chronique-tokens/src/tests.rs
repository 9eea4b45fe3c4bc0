use chronique_text::{Span, Text};

use crate::{TokenKind, Tokenizer, Tokens};

fn read(source: &str) -> (Text, Tokens) {
    let text = Text::new(source).unwrap();
    let tokens = Tokenizer::french().tokenize(&text, [text.span()]);
    (text, tokens)
}

/// The tokens of a text, with `|` between.
fn forms(source: &str) -> String {
    let (text, tokens) = read(source);
    let forms: Vec<&str> = tokens.as_slice().iter().map(|token| text.slice(token.span)).collect();
    forms.join("|")
}

#[test]
fn words_are_cut_as_universal_dependencies_does() {
    // Name, and tokens with `|` between; a space stands where the source has one.
    let cases = [
        ("elision", "l'|armée d’|Arménie qu'|il Jusqu'|à lorsqu'|on L'|A36"),
        ("elision before a quote", "l'|« oasis »"),
        ("elision before a space", "l' OMS"),
        ("no elision", "aujourd'hui Aujourd’hui quelqu'un presqu'île prud'homme entr'ouvert O'Brien"),
        ("no elision of n and m before consonants", "N'Djamena M'Bala n'|a m'|ont"),
        ("whole", "l'on c'est-à-dire l'|onde c'|est"),
        ("clitics", "a|-t-il dit|-elle est|-ce jour|-là donne|-le|-moi EST|-CE"),
        ("no clitics", "celui-ci lui-même peut-être rendez-vous vis-à-vis au-delà Bar-le-Duc"),
        ("a name that ends like a clitic", "le dictateur Kim Jong-il Saint-Jean-Le"),
        ("a capital at the start is no name", "Est|-il parti"),
        ("hyphens", "Haut-Karabakh ex-président sapeurs-pompiers Île-de-France"),
        (
            "numbers",
            "1 500 10\u{A0}000 2\u{202F}000\u{202F}000 3,5 2.700.000 19/09/2023 2023-09-19 36-32 10'000",
        ),
        ("no number with spaces", "2019 100 12 34 1 5000 1 234e"),
        ("ordinals", "1er 1re 2e 21ème XIXe"),
        ("hours", "14|h|30 15|h 9 h 14:30"),
        ("units", "160|km 50|% 25|€ 2 °C 70 km|/|h 5G 3D M23"),
        ("signs", "à -6 UTC +14 (|-3|) +/- 2"),
        ("a dash that opens a line is no sign", "-|3 morts"),
        ("abbreviations", "M. Dupont Mme. Le Pen p. 12 12 sept. etc.|, av. J.-C."),
        ("a page or a word", "la page p|."),
        ("seven, not September", "ils étaient sept|. Le chef"),
        ("initials", "J.-P. Raffarin George W. Bush U.S.A. R.E.M."),
        ("no initials", "Dagobert I|. Il dort"),
        ("ellipses", "fin|... fin|… fin|!|......"),
        ("inclusive writing", "traité(e)s adhérent(e) fils|(|a|)"),
        ("signs between letters", "AT&T R&B et|/|ou n°|1"),
        ("web addresses", "http://a.fr/b?c=d|. www.papa66.com Libération.fr (|https://b.org/c|) «|x.com/y|»"),
        ("mail and tags", "a.b@c.fr Jean.Dupont@c.fr #Karabakh_2020 @AFP|, # 1"),
        ("a missing space", "hier|.|Le lendemain"),
        ("quotes", "“|a|”|, \"|b|\" «c»"),
        ("decomposed accents", "L'|e\u{301}te\u{301} d|."),
        ("soft hyphens", "Ka\u{AD}ra\u{AD}bakh"),
        ("emoji", "👩🏽\u{200D}🚀|🇫🇷|🇧🇪|❤\u{FE0F} ok"),
        ("another script", "سلام Москва 東京"),
    ];
    for (name, expected) in cases {
        let source = expected.replace('|', "");
        let mut rest = expected;
        let (text, tokens) = read(&source);
        for token in tokens.as_slice() {
            let form = text.slice(token.span);
            assert!(rest.starts_with(form), "{name}: {} has {form:?} before {rest:?}", forms(&source));
            rest = &rest[form.len()..];
            let mark = rest.chars().next().unwrap_or('|');
            assert!(
                mark == '|' || mark == ' ' || form == "«" || rest == "»",
                "{name}: {form:?} before {rest:?}"
            );
            rest = &rest[rest.find(|char| char != '|' && char != ' ').unwrap_or(rest.len())..];
        }
        assert_eq!(rest, "", "{name}");
    }
}

#[test]
fn spaces_inside_a_number_do_not_reach_other_numbers() {
    assert_eq!(forms("2019 100 soldats"), "2019|100|soldats");
    assert_eq!(forms("10 100 soldats"), "10 100|soldats");
    assert_eq!(forms("en 12 34 56"), "en|12|34|56");
    assert_eq!(forms("1 500,50 €"), "1 500,50|€");
}

#[test]
fn kinds() {
    let cases = [
        ("Goma", TokenKind::Word),
        ("M23", TokenKind::Word),
        ("1 500", TokenKind::Number),
        ("1er", TokenKind::Number),
        ("…", TokenKind::Punctuation),
        ("€", TokenKind::Symbol),
        ("www.a.fr", TokenKind::Url),
        ("a@b.fr", TokenKind::Email),
        ("#Goma", TokenKind::Hashtag),
        ("🇫🇷", TokenKind::Emoji),
    ];
    for (form, kind) in cases {
        let (_, tokens) = read(form);
        assert_eq!(tokens.as_slice().iter().map(|token| token.kind).collect::<Vec<_>>(), [kind], "{form}");
    }
}

#[test]
fn sentences_end_where_they_should() {
    // A `¶` stands where a sentence ends; a near miss follows what it is near to.
    let cases = [
        ("full stops", "Il part. ¶Elle reste ! ¶Qui ? ¶Lui."),
        ("abbreviations", "M. Aliev et le Dr. Baxa arrivent. ¶Il part."),
        ("initials", "George W. Bush parle. ¶Le sommet finit."),
        ("a quotation keeps its end", "« Il part. » ¶Elle reste."),
        ("a straight quotation", "\"Il part.\" ¶Elle reste."),
        ("a mark inside a sentence", "« Qui ? » demande-t-il. ¶Lui."),
        ("an ellipsis that goes on", "Il part… et revient... enfin."),
        ("a bracket", "Il part (hier.) ¶Elle reste."),
        ("a colon does not end", "Il dit : « Oui. » ¶Puis il part."),
        ("lines", "Un titre\n¶Une phrase.\n\n¶Une autre"),
        ("a number opens", "Il part. ¶12 morts."),
        ("decimals", "Il y a 3.5 millions d'hommes."),
        ("a quotation of two sentences", "« Nous resterons. ¶Nous tiendrons », dit le maire. ¶Il sort."),
        ("a quotation of one", "« Nous tiendrons », dit le maire. ¶Il sort."),
        ("a quotation that ends", "« Nous resterons. ¶Nous tiendrons. » ¶Le maire sort."),
        ("a quotation that goes on", "Il a crié « Partez ! » aux habitants. ¶Ils partent."),
        ("an initial", "J. Dupont a été arrêté. ¶M. Martin a fui."),
        ("a king", "Il admire Dagobert I. ¶Elle non."),
        ("a rank", "Le gén. Diallo et le lt. Sow parlent. ¶Ils partent."),
        ("a rank in full", "Il est général. ¶Diallo est son chef."),
        ("an article of law", "L'art. 5 du traité est clair. ¶Il tient."),
        ("an art", "Il vit pour l'art. ¶Elle aussi."),
        ("an hour", "Le feu cesse à 12 h. ¶Il reprend."),
        ("an hour that goes on", "Le feu a cessé à 12 h 30, selon eux. ¶Il reprend."),
        ("a dateline", "KINSHASA, 5 mars – Des combats ont éclaté. ¶Ils durent."),
        ("a dateline with its agency", "DAKAR, 5 mars (Xinhua) - Un marché brûle. ¶Il brûle encore."),
        ("a day that ends", "Ils se battent depuis le 5 mars. ¶Des civils fuient."),
        ("headlines", "Le bilan monte\n¶Un maire démissionne\n¶Le bilan est de 12 morts. ¶Il monte."),
        ("a list", "Le bilan :\n¶- trois civils sont morts ;\n¶- deux soldats ont fui."),
        ("a dash in a line", "Le bilan - trois civils - monte. ¶Il est lourd."),
    ];
    for (name, expected) in cases {
        let source = expected.replace('¶', "");
        let (text, tokens) = read(&source);
        let found: Vec<&str> = tokens.sentences().iter().map(|sentence| text.slice(sentence.span)).collect();
        let expected: Vec<&str> = expected.split('¶').map(str::trim_end).collect();
        assert_eq!(found, expected, "{name}");
    }
}

#[test]
fn an_undivided_page_has_headings_without_full_stops() {
    // Nobody broke this page into lines: a heading ends where a sentence opens.
    let filler = "Les combats ont repris lundi dans le nord du pays. ".repeat(40);
    let heading = "Le bilan des combats Le gouvernement a annoncé mardi la mort de douze soldats.";
    let sentences = |source: &str| {
        let (text, tokens) = read(source);
        tokens.sentences().iter().map(|sentence| text.slice(sentence.span).to_owned()).collect::<Vec<_>>()
    };
    let page = sentences(&format!("{filler}{heading}"));
    assert_eq!(page.len(), 42);
    assert_eq!(page[40], "Le bilan des combats");
    // In a paragraph only a mark ends a sentence, and names keep their capitals on both.
    assert_eq!(sentences(heading), [heading]);
    let name = "Le président de la Banque centrale a reçu Emmanuel Macron mardi à Paris.";
    assert_eq!(sentences(&format!("{filler}{name}"))[40], name);
}

#[test]
fn weights_of_your_own_decide() {
    let tokenizer = Tokenizer::french().with_sentence_weights("mark stop\t-9\n").unwrap();
    let sentences = |source: &str| {
        let text = Text::new(source).unwrap();
        tokenizer.tokenize(&text, [text.span()]).sentences().len()
    };
    assert_eq!(sentences("Il nie. Elle part."), 1);
    // What is plain needs no model.
    assert_eq!(sentences("L’armée recule. Elle part."), 2);
    for (weights, column) in [("mark stop", 2), ("mark stop\tmuch", 2)] {
        let error = Tokenizer::french().with_sentence_weights(weights).unwrap_err();
        assert_eq!((error.line(), error.column()), (1, column), "{error}");
    }
}

#[test]
fn training_learns_what_it_is_shown() {
    let source = "Un titre Les combats durent. ".repeat(30);
    let starts: Vec<u32> = (0..30).flat_map(|number| [29 * number, 29 * number + 9]).collect();
    let weights = Tokenizer::french().train_sentences(&[(Text::new(source.as_str()).unwrap(), starts)]);
    let tokenizer = Tokenizer::french().with_sentence_weights(&weights).unwrap();
    let text = Text::new(source.repeat(2)).unwrap();
    assert_eq!(tokenizer.tokenize(&text, [text.span()]).sentences().len(), 120);
}

#[test]
fn a_region_is_read_as_if_it_stood_alone() {
    let text = Text::new("L'armée avance. Publicité Elle recule.").unwrap();
    let tokens = Tokenizer::french().tokenize(&text, [Span::new(0, 16), Span::new(27, text.len())]);
    let found: Vec<_> =
        tokens.sentences().iter().map(|sentence| (text.slice(sentence.span), sentence.region)).collect();
    assert_eq!(found, [("L'armée avance.", 0), ("Elle recule.", 1)]);
}

#[test]
fn space_after() {
    let (_, tokens) = read("l'armée\navance.");
    let spaces: Vec<bool> = tokens.as_slice().iter().map(|token| token.space_after).collect();
    assert_eq!(spaces, [false, true, false, true]);
}

#[test]
fn errors_name_the_place() {
    let cases = [
        ("elision\tl\nelision", 2, 2),
        ("# x\nabbreviation\tM\tperhaps", 2, 3),
        ("clitic\til\talways", 1, 3),
        ("verb\til", 1, 1),
        ("clitic\tanticonstitutionnellement", 1, 2),
    ];
    for (rules, line, column) in cases {
        let error = Tokenizer::from_tsv(rules).unwrap_err();
        assert_eq!((error.line(), error.column()), (line, column), "{error}");
    }
}
