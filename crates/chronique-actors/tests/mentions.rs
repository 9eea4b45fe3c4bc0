//! Sentences as the embedded model parses them, and the actors that they name.

use std::sync::LazyLock;

use chronique_actors::{ActorLexicon, Actors};
use chronique_syntax::Model;
use chronique_text::Text;
use chronique_tokens::Tokenizer;

static MODEL: LazyLock<Model> =
    LazyLock::new(|| Model::from_bytes(chronique_model_fr::model()).expect("the embedded model is whole"));
static LEXICON: LazyLock<ActorLexicon> = LazyLock::new(ActorLexicon::french);

fn read(source: &str) -> (Text, Actors) {
    let text = Text::new(source).unwrap();
    let tokens = Tokenizer::french().tokenize(&text, [text.span()]);
    let syntax = MODEL.analyze(&text, &tokens);
    let actors = LEXICON.actors(&text, &tokens, &syntax);
    (text, actors)
}

/// `span class country sector`, with `×count` and `= antecedent` where there are such.
fn shown(source: &str) -> Vec<String> {
    let (text, actors) = read(source);
    let show = |mention: &chronique_actors::ActorMention| {
        let country = mention.country.map_or("-".to_owned(), |country| country.to_string());
        let sector = mention.sector.map_or("-", |sector| sector.as_str());
        let mut shown = format!("{} {} {country} {sector}", text.slice(mention.span), mention.class.as_str());
        if let Some(count) = mention.count {
            shown += &format!(" ×{}", count.value);
        }
        if let Some(full) = mention.stands_for {
            shown += &format!(" = {}", text.slice(actors.mentions()[full as usize].span));
        }
        shown
    };
    actors.mentions().iter().map(show).collect()
}

#[track_caller]
fn check(cases: &[(&str, &[&str])]) {
    for (source, expected) in cases {
        assert_eq!(shown(source), *expected, "{source}");
    }
}

#[test]
fn states_and_seats() {
    check(&[
        ("L'Azerbaïdjan a lancé une offensive dans le Haut-Karabakh.", &["Azerbaïdjan state AZE GOV"]),
        (
            "Moscou a accusé Kiev d'avoir bombardé la centrale.",
            &["Moscou state RUS GOV", "Kiev state UKR GOV"],
        ),
        ("Le Kremlin a démenti toute implication.", &["Kremlin state RUS GOV"]),
        ("Le pouvoir syrien a démenti toute implication.", &["pouvoir syrien institution SYR GOV"]),
        ("Le pouvoir d'achat a baissé.", &[]),
        (
            "L'invasion de l'Ukraine par la Russie a fait des milliers de morts.",
            &["Ukraine state UKR GOV", "Russie state RUS GOV", "milliers de morts people - CVL ×2000"],
        ),
        ("La RDC a rompu ses relations avec le Rwanda.", &["RDC state COD GOV", "Rwanda state RWA GOV"]),
        (
            "La Côte d'Ivoire et le Burkina Faso ont signé un accord.",
            &["Côte d'Ivoire state CIV GOV", "Burkina Faso state BFA GOV"],
        ),
    ]);
}

#[test]
fn places_are_no_actors() {
    check(&[
        ("Les combats se poursuivent au nord du Mali et en Syrie.", &[]),
        ("Le ministre s'est rendu à Paris puis à Washington.", &["ministre person - GOV"]),
        ("Le ministre a quitté Paris.", &["ministre person - GOV"]),
        ("Le champion de France a gagné.", &[]),
        ("Mali : l'armée tue vingt terroristes.", &["armée armed - MIL", "terroristes armed - REB ×20"]),
        ("Le convoi est arrivé à Pau (France).", &[]),
    ]);
}

#[test]
fn armed_forces_and_groups() {
    check(&[
        ("Les forces armées arméniennes ont riposté.", &["forces armées arméniennes armed ARM MIL"]),
        (
            "L'armée du Mali a tué douze djihadistes.",
            &["armée du Mali armed MLI MIL", "djihadistes armed - REB ×12"],
        ),
        (
            "Deux soldats français ont été blessés par des hommes armés.",
            &["soldats français armed FRA MIL ×2", "hommes armés armed - UAF"],
        ),
        (
            "Des rebelles du M23 ont attaqué les positions de l'armée congolaise.",
            &["rebelles du M23 armed COD REB", "M23 armed COD REB", "armée congolaise armed COD MIL"],
        ),
        (
            "Les Houthis ont tiré un missile sur l'Arabie saoudite.",
            &["Houthis armed YEM REB", "Arabie saoudite state SAU GOV"],
        ),
        ("Des combattants kurdes ont repris la ville.", &["combattants kurdes armed - UAF"]),
        (
            "L'armée de l'air israélienne a frappé le Liban.",
            &["armée de l'air israélienne armed ISR MIL", "Liban state LBN GOV"],
        ),
        (
            "Les talibans ont exécuté un ancien policier.",
            &["talibans armed AFG REB", "policier armed - COP ×1"],
        ),
        ("Le groupe Wagner a quitté le Mali.", &["groupe Wagner armed RUS PRM", "Mali state MLI GOV"]),
    ]);
}

#[test]
fn persons() {
    check(&[
        (
            "Le président français Emmanuel Macron a reçu Volodymyr Zelensky.",
            &["président français Emmanuel Macron person FRA GOV", "Volodymyr Zelensky person - -"],
        ),
        ("M. Sall a démissionné.", &["Sall person - -"]),
        (
            "L'ancien ministre de la Défense Ehud Barak a critiqué le gouvernement israélien.",
            &[
                "ancien ministre de la Défense Ehud Barak person - GOV",
                "gouvernement israélien institution ISR GOV",
            ],
        ),
        ("Le général Haftar a ordonné le retrait.", &["général Haftar person - MIL"]),
        (
            "L'opposant russe Alexeï Navalny a été condamné.",
            &["opposant russe Alexeï Navalny person RUS OPP"],
        ),
        (
            "Le Premier ministre, Binali Yildirim, dénonce une tentative de coup d'État.",
            &["Premier ministre person - GOV = Binali Yildirim", "Binali Yildirim person - -"],
        ),
        (
            "La cheffe de l'exécutif local Carrie Lam a présenté ses excuses.",
            &["cheffe de l'exécutif local Carrie Lam person - GOV", "exécutif local institution - GOV"],
        ),
        (
            "L'avocat Jean Dupont et la sénatrice Esther Benbassa ont porté plainte.",
            &["avocat Jean Dupont person - CVL", "sénatrice Esther Benbassa person - LEG"],
        ),
        ("La rue Victor Hugo est fermée.", &[]),
    ]);
}

#[test]
fn people_and_their_numbers() {
    check(&[
        ("Au moins 12 civils ont été tués.", &["civils people - CVL ×12"]),
        ("Des milliers de personnes ont manifesté.", &["milliers de personnes people - CVL ×2000"]),
        ("Une quinzaine d'otages ont été libérés.", &["quinzaine d'otages people - CVL ×15"]),
        ("Un grand nombre de rebelles ont fui.", &["grand nombre de rebelles armed - REB"]),
        ("Le nombre des naissances a baissé.", &[]),
        (
            "Les Palestiniens et les Israéliens négocient.",
            &["Palestiniens people PSE CVL", "Israéliens people ISR CVL"],
        ),
        (
            "Trois policiers et un gendarme ont été blessés.",
            &["policiers armed - COP ×3", "gendarme armed - COP ×1"],
        ),
        ("Des centaines de Palestiniens ont fui Gaza.", &["centaines de Palestiniens people PSE CVL ×200"]),
        ("Il parle français et anglais.", &[]),
    ]);
}

#[test]
fn organisations_and_institutions() {
    check(&[
        ("La Cédéao a suspendu le Niger.", &["Cédéao organisation IGO -", "Niger state NER GOV"]),
        (
            "Le Conseil de sécurité de l'ONU a condamné les violences.",
            &["Conseil de sécurité de l'ONU organisation UNO -"],
        ),
        (
            "L'organisation État islamique a revendiqué l'attentat.",
            &["organisation État islamique armed IMG REB"],
        ),
        (
            "L'organisation Human Rights Watch accuse les forces éthiopiennes.",
            &["organisation Human Rights Watch organisation NGO -", "forces éthiopiennes armed ETH MIL"],
        ),
        ("Le parquet de Paris a ouvert une enquête.", &["parquet de Paris institution FRA JUD"]),
        (
            "La cour d'appel de Dakar a confirmé la condamnation d'Ousmane Sonko.",
            &["cour d'appel de Dakar institution SEN JUD", "Ousmane Sonko person - -"],
        ),
        (
            "Le porte-parole de la police kényane a confirmé l'arrestation.",
            &["porte-parole de la police kényane person KEN COP", "police kényane institution KEN COP"],
        ),
    ]);
}

#[test]
fn look_alikes_are_no_actors() {
    check(&[
        ("La police d'assurance couvre les dégâts.", &[]),
        ("Les enfants jouent dans la cour de récréation.", &["enfants people - CVL"]),
        ("Ce film est un chef-d'œuvre.", &[]),
        ("Des mosquées sunnites ont brûlé.", &[]),
        ("Il est mort dans la force de l'âge.", &[]),
        ("Une partie de la ville est détruite.", &[]),
        ("Elle prend sa retraite en juin.", &[]),
        ("Les droits de l'homme sont bafoués.", &[]),
        ("Une voiture de police a été incendiée.", &[]),
        ("Le suspect a été placé en garde à vue.", &["suspect people - CVL"]),
        ("L'Union européenne tient une conférence de presse.", &["Union européenne organisation EUR -"]),
        ("Il faut négocier. Il y a des blessés.", &["blessés people - CVL"]),
    ]);
}

#[test]
fn descriptions_and_pronouns_take_up_a_full_mention() {
    check(&[
        (
            "Le ministère azerbaïdjanais de la Défense a annoncé une opération. Le ministère a indiqué qu'il évacuerait les civils.",
            &[
                "ministère azerbaïdjanais de la Défense institution AZE GOV",
                "ministère institution AZE GOV",
                "il institution AZE GOV = ministère",
                "civils people - CVL",
            ],
        ),
        (
            "Boko Haram a enlevé des lycéennes. Le groupe a diffusé une vidéo.",
            &["Boko Haram armed NGA REB", "lycéennes people - EDU", "groupe armed NGA REB"],
        ),
        (
            "L'Union européenne a sanctionné la Russie. L'Union demande un cessez-le-feu.",
            &["Union européenne organisation EUR -", "Russie state RUS GOV", "Union organisation EUR -"],
        ),
        (
            "L'armée malienne a repris Kidal. L'armée a annoncé la mort de 30 terroristes.",
            &["armée malienne armed MLI MIL", "armée armed MLI MIL", "terroristes armed - REB ×30"],
        ),
        (
            "Marine Le Pen a critiqué Gabriel Attal. Elle demande sa démission.",
            &["Marine Le Pen person - -", "Gabriel Attal person - -", "Elle person - - = Marine Le Pen"],
        ),
        (
            "La police a dispersé les manifestants. Ils ont incendié des voitures.",
            &["police institution - COP", "manifestants people - OPP", "Ils people - OPP = manifestants"],
        ),
        (
            "Un homme a été arrêté. Un autre homme est en fuite.",
            &["homme people - CVL ×1", "homme people - CVL ×1"],
        ),
    ]);
}

/// For each actor of a text, the words of its mentions.
fn actors_of(source: &str) -> Vec<Vec<String>> {
    let (text, actors) = read(source);
    let words = |at: &u32| text.slice(actors.mentions()[*at as usize].span).to_owned();
    actors.as_slice().iter().map(|actor| actor.mentions.iter().map(words).collect()).collect()
}

#[test]
fn mentions_of_one_actor_are_linked() {
    for (source, expected) in [
        (
            "Le président français Emmanuel Macron a reçu Joe Biden. Le président français a quitté Paris. M. Macron ira à Berlin.",
            &[&["président français Emmanuel Macron", "président français", "Macron"][..], &["Joe Biden"]][..],
        ),
        (
            "Le porte-parole de la police, Mathapelo Peters, a confirmé les arrestations. Peters a refusé d'en dire plus.",
            &[&["porte-parole de la police", "Mathapelo Peters", "Peters"], &["police"]],
        ),
        ("Joe Biden est le président américain.", &[&["Joe Biden", "président américain"]]),
        (
            "Le président malien a limogé un ministre. Le président malien Assimi Goïta a parlé. Goïta se tait.",
            &[&["président malien", "président malien Assimi Goïta", "Goïta"], &["ministre"]],
        ),
        (
            "Le Front uni pour la libération du Sud (FULS) a attaqué une caserne. Le FULS réclame l'indépendance.",
            &[&["Front uni pour la libération du Sud", "FULS", "FULS"]],
        ),
        (
            "Le Groupe de soutien à l'islam et aux musulmans (GSIM) a revendiqué l'attaque. Le GSIM se tait.",
            &[&["Groupe de soutien à l'islam et aux musulmans", "GSIM", "GSIM"]],
        ),
        ("La Russie a nié. Le Kremlin parle de provocation.", &[&["Russie", "Kremlin"]]),
        ("Un homme a été arrêté. Un autre homme est en fuite.", &[&["homme"], &["homme"]]),
    ] {
        assert_eq!(actors_of(source), expected, "{source}");
    }
}

#[test]
fn demonym_adjectives_name_who_is_behind_a_noun() {
    let (text, actors) = read("Une frappe israélienne a tué trois soldats syriens.");
    let adjectives: Vec<_> = actors.adjectives().iter().map(|adjective| text.slice(adjective.span)).collect();
    assert_eq!(adjectives, ["israélienne"]);
    let adjective = &actors.adjectives()[0];
    assert_eq!(actors.adjective_at(adjective.head), Some(adjective));
    assert_eq!(actors.actor(adjective.actor).name.as_ref(), "Israël");
    assert!(actors.headed_by(adjective.head).is_none());
}

#[test]
fn a_demonym_of_two_countries_is_that_of_the_one_named() {
    for (sentences, expected) in [
        ("L'armée congolaise a attaqué les rebelles.", "COD"),
        ("Le gouvernement a parlé à Brazzaville. L'armée congolaise a attaqué les rebelles.", "COG"),
        ("Kinshasa et Brazzaville négocient. L'armée congolaise a attaqué les rebelles.", "COD"),
    ] {
        let (text, actors) = read(sentences);
        let army = actors.mentions().iter().find(|mention| text.slice(mention.span) == "armée congolaise");
        let country = army.and_then(|army| army.country).map(|country| country.to_string());
        assert_eq!(country.as_deref(), Some(expected), "{sentences}");
    }
}

#[test]
fn lists_of_the_user_add_and_win() {
    let organisations = "class\tcode\tsector\tforms\narmed\tBFA\tPRM\tGardiens de la brousse|GDB\n";
    let nouns = "class\tsector\tuse\tforms\nnothing\t-\t-\thabitant|habitants\n";
    let builder = ActorLexicon::french_builder().organisations("mine.tsv", organisations).unwrap();
    let lexicon = builder.nouns("nouns.tsv", nouns).unwrap().build();
    let text = Text::new("Les Gardiens de la brousse ont chassé les habitants.").unwrap();
    let tokens = Tokenizer::french().tokenize(&text, [text.span()]);
    let actors = lexicon.actors(&text, &tokens, &MODEL.analyze(&text, &tokens));
    let [mention] = actors.mentions() else { panic!("one mention, not {:?}", actors.mentions()) };
    assert_eq!(text.slice(mention.span), "Gardiens de la brousse");
    assert_eq!(mention.country.map(|country| country.to_string()).as_deref(), Some("BFA"));
}

#[test]
fn errors_name_file_line_and_column() {
    let builder = ActorLexicon::builder;
    for (error, expected) in [
        (builder().nouns("a.tsv", "class\tsector\n").unwrap_err(), "a.tsv:1:1: "),
        (builder().nouns("a.tsv", "# x\nclass\tsector\tuse\tforms\narmed\n").unwrap_err(), "a.tsv:3:1: "),
        (
            builder().nouns("a.tsv", "class\tsector\tuse\tforms\nspirit\t-\t-\tx\n").unwrap_err(),
            "a.tsv:2:1: ",
        ),
        (
            builder().nouns("a.tsv", "class\tsector\tuse\tforms\narmed\tXYZ\t-\tx\n").unwrap_err(),
            "a.tsv:2:7: ",
        ),
        (
            builder().nouns("a.tsv", "class\tsector\tuse\tforms\narmed\t-\t-\té||x\n").unwrap_err(),
            "a.tsv:2:13: ",
        ),
        (
            builder().countries("c.tsv", "kind\tcode\tsector\tforms\nland\tMLI\t-\tx\n").unwrap_err(),
            "c.tsv:2:1: ",
        ),
        (builder().titles("t.tsv", "gender\tsector\tforms\nx\t-\tM.\n").unwrap_err(), "t.tsv:2:1: "),
        (builder().verbs("v.tsv", "object\tlemmas\nx\taimer\n").unwrap_err(), "v.tsv:2:1: "),
        (builder().given_names("g.tsv", "name\tgender\nAna\tx\n").unwrap_err(), "g.tsv:2:5: "),
    ] {
        assert!(error.to_string().starts_with(expected), "{error} / {expected}");
    }
}

#[test]
fn names_without_title_or_given_name_are_told_by_their_signs() {
    let (_, actors) = read("« Nous restons », a déclaré Tolvek Drassin. La foule attend.");
    assert!(actors.mentions()[0].reason.starts_with("weighed as a person: "), "{:?}", actors.mentions()[0]);
    assert_eq!(&*actors.as_slice()[0].name, "Tolvek Drassin");
    // The noun before has the name.
    assert!(shown("Le lycée Drassin est fermé.").is_empty());
}
