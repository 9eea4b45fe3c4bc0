//! French sentences and the places in them, with near-misses, on the French gazetteer and without syntax.

use chronique_places::{Gazetteer, PlaceKind, ResolvedPlace};
use chronique_syntax::Syntax;
use chronique_text::Text;
use chronique_tokens::Tokenizer;

fn places(gazetteer: &Gazetteer, text: &Text) -> Vec<ResolvedPlace> {
    let tokens = Tokenizer::french().tokenize(text, [text.span()]);
    gazetteer.places(text, &tokens, &Syntax::default())
}

/// `name/COUNTRY` of each place; `-` for none.
fn shown(gazetteer: &Gazetteer, source: &str) -> String {
    let text = Text::new(source).expect("short");
    let places = places(gazetteer, &text);
    let shown: Vec<String> = places
        .iter()
        .map(|place| {
            let country = place.country.map_or_else(|| "-".to_owned(), |country| country.to_string());
            format!("{}/{country}", text.slice(place.span))
        })
        .collect();
    shown.join(" ")
}

fn french() -> Gazetteer {
    Gazetteer::from_bytes(chronique_gazetteer_fr::gazetteer()).expect("the committed image is whole")
}

#[track_caller]
fn check(table: &[(&str, &str, &str)]) {
    let gazetteer = french();
    let wrong: Vec<String> = table
        .iter()
        .filter_map(|(name, input, expected)| {
            let found = shown(&gazetteer, input);
            (found != *expected)
                .then(|| format!("{name}: {input}\n  expected {expected}\n  found    {found}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn spans() {
    check(&[
        ("elision", "Les soldats de l'Arménie reculent.", "Arménie/AM"),
        ("typographic apostrophe", "Les soldats de l’Arménie reculent.", "Arménie/AM"),
        ("compound", "La guerre du Haut-Karabakh reprend.", "Haut-Karabakh/AZ"),
        ("article in the name", "Le Caire dément.", "Le Caire/EG"),
        ("contracted article", "Une réunion au Caire.", "Caire/EG"),
        ("small first letter", "La flotte de la mer Noire.", "mer Noire/-"),
        ("strip", "Des frappes sur la bande de Gaza.", "bande de Gaza/PS"),
        ("no hyphen", "Un incendie à Saint Denis.", "Saint Denis/FR"),
        ("saint abbreviated", "Un incendie à St-Denis.", "St-Denis/FR"),
        ("longest", "La République démocratique du Congo a voté.", "République démocratique du Congo/CD"),
        ("abbreviation", "Les rebelles de l'est de la RDC.", "RDC/CD"),
        ("capitals", "ATTAQUE AU NORD MALI : TROIS MORTS", "MALI/ML"),
        ("apostrophe in the name", "Le sommet de N'Djamena.", "N'Djamena/TD"),
        (
            "decomposed accents",
            "Vers Ere\u{301}van, puis Te\u{301}he\u{301}ran.",
            "Ere\u{301}van/AM Te\u{301}he\u{301}ran/IR",
        ),
    ]);
}

#[test]
fn near_misses() {
    check(&[
        ("demonym", "Les Maliens et l'armée azerbaïdjanaise.", ""),
        ("university", "L'université de Kinshasa ferme.", ""),
        ("agreement", "L'accord d'Alger est mort.", ""),
        ("group", "Le Groupe de Minsk se tait.", ""),
        ("club", "Le TP Mazembe gagne.", ""),
        ("person with title", "M. Paris a parlé.", ""),
        ("person with first name", "Jean-Paul Paris a parlé.", ""),
        ("surname again", "Denzel Washington arrive. La foule acclame Washington.", ""),
        ("newspaper", "Un reportage de Paris Match.", ""),
        ("radio", "Il l'a dit à France Info.", ""),
        ("European Union", "L'Union européenne condamne.", ""),
        ("common word first", "Tours et détours de la politique.", ""),
        ("same with a cue", "Un meeting à Tours ce soir.", "Tours/FR"),
        ("direction", "Le Nord s'enrichit, le Sud attend.", ""),
        ("same with its noun", "À Lille, le département du Nord est en alerte.", "Lille/FR Nord/FR"),
        ("acronym of an institution", "La mission africaine en Somalie (Amisom) reste.", ""),
        ("institution with a capital", "La Cour suprême du Kenya annule.", ""),
        ("part of the sky", "Il pleut dans le Centre-Est.", ""),
        ("bracketed département", "Un mort à Amiens (Somme).", "Amiens/FR Somme/FR"),
        ("bracketed institution", "Selon l'Ufip (Union française des pétroles), rien.", ""),
        ("party", "Le Parti communiste de Chine dément.", ""),
        ("person after a country", "Le ministre de l'Inde Narendra Modi.", "Inde/IN"),
        ("small letter", "La mission a duré. Il a nice.", ""),
        ("former president", "L'ex-président Morales est parti.", ""),
        ("only signs", "…!? — «»", ""),
        ("nothing", "", ""),
    ]);
}

#[test]
fn senses() {
    let gazetteer = french();
    for (name, input, span, id) in [
        ("bracket", "À Valence (Drôme), deux blessés.", "Valence", "geonames:2971053"),
        ("bracket of a country", "À Tripoli (Liban), deux blessés.", "Tripoli", "geonames:266826"),
        ("no context: the capital", "À Tripoli, deux blessés.", "Tripoli", "geonames:2210247"),
        (
            "country of the text",
            "Au Liban, l'armée libanaise est entrée dans Beyrouth puis à Tripoli.",
            "Tripoli",
            "geonames:266826",
        ),
        ("à: the city", "Un défilé à Québec.", "Québec", "geonames:6325494"),
        (
            "de beside du: the city",
            "À Québec et ailleurs au Québec. Une école de Québec.",
            "Québec",
            "geonames:6325494",
        ),
        ("au: the province", "Un défilé au Québec.", "Québec", "geonames:6115047"),
        ("le: the country", "Le Niger ferme sa frontière.", "Niger", "geonames:2440476"),
        ("in the US", "Le maire de Paris, au Texas, s'excuse.", "Texas", "geonames:4736286"),
    ] {
        let text = Text::new(input).expect("short");
        let places = places(&gazetteer, &text);
        let place = places.iter().find(|place| text.slice(place.span) == span);
        let place = place.unwrap_or_else(|| panic!("{name}: no {span} in {input}"));
        assert_eq!(&*place.id, id, "{name}: {}", place.reason);
    }
}

#[test]
fn unlisted_places_stand_near_a_named_one() {
    check(&[
        ("quarter", "À Bujumbura, dans le quartier de Mutakuraba.", "Bujumbura/BI Mutakuraba/BI"),
        ("hotel", "À Mogadiscio, l'hôtel Dayahir a été attaqué.", "Mogadiscio/SO hôtel Dayahir/SO"),
        ("motorway", "L'autoroute A7 est coupée à Valence (Drôme).", "A7/FR Valence/FR Drôme/FR"),
        ("put into a place", "Un mort à Villebourgeon, en Suisse.", "Villebourgeon/CH Suisse/CH"),
        ("put into a bracket", "À Villebourgeon (Drôme), un mort.", "Villebourgeon/FR Drôme/FR"),
        ("person in a place", "Il parle à Hillary Clinton, en Suisse.", "Suisse/CH"),
        ("surname in a place", "Emmanuel Macron vote. On écrit à Macron, en Suisse.", "Suisse/CH"),
        ("aeroplane", "Un A320 s'est posé à Lyon.", "Lyon/FR"),
        ("no name", "La place de l'État à Lyon.", "Lyon/FR"),
    ]);
}

#[test]
fn added_places_win() {
    let mut gazetteer = french();
    let table =
        "name,lat,lon,id,kind,country\nPoste Rouge|Camp Rouge,19.9,2.9,7,facility,ML\nParis,1,2,8,city,ML\n";
    gazetteer.add_csv(table).expect("a good table");
    assert_eq!(shown(&gazetteer, "De Poste Rouge à Paris."), "Poste Rouge/ML Paris/ML");
    let text = Text::new("Vers Camp Rouge.").expect("short");
    let found = places(&gazetteer, &text);
    assert_eq!(&*found[0].id, "user:7");
    assert_eq!(found[0].point, Some((19.9, 2.9)));
}

#[test]
fn places_that_the_gazetteer_lacks() {
    check(&[
        ("born at", "Il est né à Xandreville, en Savoie.", "Xandreville/FR Savoie/FR"),
        ("deployed at", "Des soldats sont déployés à Xandreville.", "Xandreville/-"),
        ("fights at", "Les combats à Xandreville durent.", "Xandreville/-"),
        ("fights against", "Elle s'oppose à Xandreville.", ""),
        ("given to", "Le prix est remis à Xandreville.", ""),
        ("compass", "La base est au sud-est de Xandreville, au Mali.", "Xandreville/ML Mali/ML"),
        ("commune", "Un incendie à Brulx-sur-Yvonne.", "Brulx-sur-Yvonne/-"),
        ("commune in a name", "Une décision du tribunal administratif de Châlons-en-Champagne.", ""),
        ("no commune", "Une lettre à Jean-Marc.", ""),
        ("division in brackets", "Les habitants du Xandre (Ardèche).", "Xandre/FR Ardèche/FR"),
        ("district", "Une rue du 13e arrondissement, à Paris.", "13e arrondissement/FR Paris/FR"),
        ("count of districts", "Les 20 arrondissements votent.", ""),
        ("station", "Une bombe à la station Jacques Xandre, à Paris.", "Jacques Xandre/FR Paris/FR"),
        ("mosque", "La mosquée Ammar ben Yasser, à Hilla.", "mosquée Ammar ben Yasser/IQ Hilla/IQ"),
    ]);
}

#[test]
fn waters_reliefs_roads_and_lists() {
    check(&[
        ("lake", "Un bateau coule sur le lac de Xandre, en Suisse.", "lac de Xandre/CH Suisse/CH"),
        ("lake called as a town", "Un bateau coule sur le lac d'Annecy.", "lac d'Annecy/FR"),
        ("town by the lake", "Un bateau coule près d'Annecy.", "Annecy/FR"),
        ("passes", "Près de Gap, les cols de Xandre et d'Yvrande ferment.", "Gap/FR Xandre/FR Yvrande/FR"),
        (
            "road with a number",
            "À Nîmes, la route nationale 113 est coupée.",
            "Nîmes/FR route nationale 113/FR",
        ),
        ("road with a letter", "À Nîmes, un camion bloque la RN 113.", "Nîmes/FR RN 113/FR"),
        ("a way of so many", "La route, 113 kilomètres, est longue.", ""),
        (
            "districts",
            "À Paris, les 16e, 7e et 1er arrondissements sont fermés.",
            "Paris/FR 16e/FR 7e/FR 1er arrondissements/FR",
        ),
        ("list of towns", "Les routes d'Alep, de Xandraya et de Homs.", "Alep/SY Homs/SY"),
        ("members of a list", "À Alep, Xandraya et Homs, on a voté.", "Alep/SY Xandraya/SY Homs/SY"),
        ("member that is none", "À Alep, Google et Facebook sont coupés.", "Alep/SY"),
        ("commune in a list", "À Cayenne et Saint-Xandre-du-Maroni.", "Cayenne/GF Saint-Xandre-du-Maroni/GF"),
        ("station of a place", "À la station Gare de l'Est, à Paris.", "Gare de l'Est/FR Paris/FR"),
    ]);
}

#[test]
fn reasons() {
    let gazetteer = french();
    for (name, input, at, reason) in [
        ("why another lost", "À Tripoli (Liban), un mort.", 0, "over geonames:2210247 (PPLC, LY) by"),
        ("in which factor", "À Tripoli (Liban), un mort.", 0, ", holder named beside -4.0"),
        ("a noun", "À Goma, le quartier de Xandre brûle.", 1, "a noun makes it a place"),
        ("a list", "À Alep, Xandraya et Homs, on a voté.", 1, "a list of towns makes it a place"),
        ("a setting", "Né à Xandreville, il vit à Goma.", 0, "the words before make it a place"),
        ("a part", "La mosquée est à Lille-Sud.", 0, "it is a part of a town"),
    ] {
        let text = Text::new(input).expect("short");
        let shown = places(&gazetteer, &text)[at].reason.to_string();
        assert!(shown.contains(reason), "{name}: {shown}");
    }
}

#[test]
fn small_places() {
    check(&[
        ("commune", "Un incendie à Ceignes, dans l'Ain.", "Ceignes/FR Ain/FR"),
        ("no commune without its country", "Il écrit à Ceignes, et le Tchad répond.", "Tchad/TD"),
        ("article in the name", "Un incendie au Pouzin (Ardèche).", "Pouzin/FR Ardèche/FR"),
        (
            "common noun with a capital",
            "Une enquête du Syndicat est lue à Paris, en France.",
            "Paris/FR France/FR",
        ),
        (
            "departments in a list",
            "À Lille, le Nord et le Pas-de-Calais s'unissent.",
            "Lille/FR Nord/FR Pas-de-Calais/FR",
        ),
        ("parts of the sky in a list", "À Lille, le Nord et le Sud s'unissent.", "Lille/FR"),
        ("island with an article", "Un cyclone passe sur la Réunion.", "Réunion/RE"),
        ("ocean", "La fusée est tombée dans le Pacifique.", "Pacifique/-"),
        ("small first letter", "Il vit près de l'arc de Triomphe.", "arc de Triomphe/FR"),
        ("article in Arabic", "L'armée est chassée d'al-Bab.", "al-Bab/SY"),
        ("short name", "Le sommet d'Annecy, puis celui d'Évian.", "Annecy/FR Évian/FR"),
    ]);
    let gazetteer = french();
    let commune = gazetteer.named("Ceignes").next().expect("a commune");
    assert_eq!(commune.id().to_string(), "insee:01067");
    assert_eq!(commune.admin2().map(|place| place.name()), Some("Ain"));
    let (north, east) = commune.point().expect("communes have points");
    assert!((north - 46.1).abs() < 0.2 && (east - 5.5).abs() < 0.3, "{north} {east}");
}

#[test]
fn joined_names() {
    check(&[
        ("countries", "La guerre Russie-Ukraine dure.", "Russie/RU Ukraine/UA"),
        ("towns", "La ligne Paris-Berlin rouvre.", "Paris/FR Berlin/DE"),
        ("acronym", "L'accord Canada-UE est signé.", "Canada/CA"),
        ("part of a town", "La mosquée est à Lille-Sud.", "Lille-Sud/FR"),
        ("surname of two", "Mme Florence-Martin arrive.", ""),
        ("first name of two", "Jean-Paris est venu.", ""),
        ("one name", "Le maire de Saint-Denis.", "Saint-Denis/FR"),
    ]);
}

#[test]
fn names_within_names() {
    check(&[
        ("acronym spelt out", "Le chef de la Foxa (Force de la paix au Mali) est parti.", ""),
        ("town with its country", "Le chef de Gao (nord du Mali) est parti.", "Gao/ML Mali/ML"),
        ("desk", "La directrice du bureau Afrique est partie.", ""),
        ("given name", "Une série baptisée « Europe » commence.", ""),
        ("quoted place", "On scande « Europe » partout.", "Europe/-"),
        ("court of two nouns", "La Cour administrative d'appel de Nancy annule.", ""),
        ("who is driven out", "Il veut chasser B. Obama de la Maison-Blanche.", "Maison-Blanche/US"),
        (
            "airport with a name",
            "Un vol vers l'aéroport Xandre d'Istanbul.",
            "aéroport Xandre/TR Istanbul/TR",
        ),
        ("people", "Les Kurdes de Turquie et les Rohingyas de Birmanie fuient.", "Turquie/TR Birmanie/MM"),
        ("assembly of people", "Les Forces démocratiques de Syrie avancent.", ""),
        ("person after an office", "Le président de la Catalogne Xandre Puig part.", "Catalogne/ES"),
        (
            "namesake of a country",
            "Selon Anatole France, la France doute. France : un mort.",
            "France/FR France/FR",
        ),
        ("adjective, no club", "Une médaille olympique du Kenya.", "Kenya/KE"),
        ("club", "Un joueur de l'Olympique de Marseille.", ""),
    ]);
}

#[test]
fn offices_and_bodies() {
    check(&[
        ("office", "Le ministre de l'Intérieur du Gabon a parlé.", "Gabon/GA"),
        ("body of two nouns", "Le service de police de Boston enquête.", ""),
        ("accord of two nouns", "L'accord de paix d'Arusha prévoit des quotas.", ""),
        ("representatives", "La Chambre des représentants du Népal vote.", ""),
        ("members of several", "L'association des armées du Nigeria et du Tchad.", "Nigeria/NG Tchad/TD"),
        ("bishop", "L'archevêque de Rouen est venu.", "Rouen/FR"),
        ("championship", "Les championnats de France de duathlon.", ""),
        ("bracketed word", "Le Centre (Centre for Dialogue) travaille.", ""),
    ]);
}

#[test]
fn divisions_stand_in_their_middle() {
    let gazetteer = french();
    for (name, lat, lon) in [
        ("Québec", 52.0, -71.8),
        ("Heilongjiang", 47.8, 128.0),
        ("Tchoukotka", 66.5, 172.0),
        ("Andalousie", 37.4, -4.8),
        ("Texas", 31.5, -99.3),
    ] {
        let place = gazetteer.named(name).find(|place| place.kind() == PlaceKind::Admin).expect(name);
        let (north, east) = place.point().expect("divisions have points");
        assert!((north - lat).abs() < 0.6 && (east - lon).abs() < 0.6, "{name}: {north} {east}");
    }
}

#[test]
fn csv_errors_name_the_line() {
    let mut gazetteer = french();
    for (table, message) in [
        ("nom,lat,lon\n", "line 1: there is no column name among nom, lat, lon"),
        ("name,lat,lon\nX,1\n", "line 2: 2 cells where the header has 3: check quotes and commas"),
        ("name,lat,lon\nX,1,2\n,1,2\n", "line 3, column name: it is empty"),
        ("name,lat,lon\nX,91,2\n", "line 2, column lat: \"91\" is no number"),
        ("name,lat,lon\nX,NaN,2\n", "line 2, column lat: \"NaN\" is no number"),
        ("name,lat,lon\nX,1,\n", "line 2, column lon: it is empty"),
        ("name,lat,lon,kind\nX,1,2,town\n", "line 2, column kind: \"town\" is none of country"),
        ("name,lat,lon,country\nX,1,2,Mali\n", "line 2, column country: \"Mali\" is no ISO"),
    ] {
        let error = gazetteer.add_csv(table).expect_err(table).to_string();
        assert!(error.starts_with(message), "{table:?}: {error}");
    }
}

#[test]
fn named_ignores_case_and_accents() {
    let gazetteer = french();
    for name in ["Evreux", "ÉVREUX", "évreux"] {
        let place = gazetteer.named(name).next().expect(name);
        assert_eq!(place.name(), "Évreux");
        assert_eq!(place.admin1().map(|place| place.name()), Some("Normandie"));
        assert_eq!(place.admin2().map(|place| place.name()), Some("Eure"));
    }
    assert!(gazetteer.named("Nullepart-les-Oies").next().is_none());
    assert!(gazetteer.sources().contains("GeoNames"));
}

#[test]
fn countries_stand_in_their_middle() {
    let gazetteer = french();
    for (code, lat, lon) in [("FR", 46.6, 2.4), ("ML", 17.5, -4.0), ("UA", 49.0, 31.4), ("RU", 61.5, 97.0)] {
        let country = gazetteer.country(code.parse().expect("a code")).expect(code);
        let (north, east) = country.point().expect("countries have points");
        assert!((north - lat).abs() < 1.0 && (east - lon).abs() < 1.5, "{code}: {north} {east}");
    }
}

#[test]
fn a_file_answers_as_bytes_do() {
    let path = std::env::temp_dir().join(format!("chronique-places-{}.gaz", std::process::id()));
    std::fs::write(&path, chronique_gazetteer_fr::gazetteer()).unwrap();
    let file = Gazetteer::open(&path).unwrap();
    let bytes = &french();
    let text =
        Text::new("À Valence (Drôme), à Goma et au Caire. La mer Noire, St-Denis et N'Djamena.").unwrap();
    assert_eq!(format!("{:?}", places(&file, &text)), format!("{:?}", places(bytes, &text)));
    assert_eq!(file.sources(), bytes.sources());
    assert_eq!((file.check(), file.damage()), (Ok(()), None));
    std::fs::remove_file(&path).unwrap();
}
