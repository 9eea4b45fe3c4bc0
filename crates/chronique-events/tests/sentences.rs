//! Sentences and the events in them, read with the real model: each with near-misses that must yield nothing.

mod common;

use chronique_events::EventMention;
use common::{Reader, Reading};

/// Checks a table of (sentence, expected) under one view of the reading, and reports all failures at once.
fn check(table: &[(&str, &str)], view: impl Fn(&Reading) -> String) {
    let reader = Reader::new();
    let failures: Vec<String> = table
        .iter()
        .filter_map(|&(sentence, expected)| {
            let got = view(&reader.read(sentence));
            (got != expected).then(|| format!("{sentence}\n  expected {expected}\n  got      {got}"))
        })
        .collect();
    assert!(failures.is_empty(), "{} of {}\n{}", failures.len(), table.len(), failures.join("\n"));
}

/// The mentions of all events, in the order of the text.
fn mentions(reading: &Reading) -> Vec<&EventMention> {
    let mut mentions: Vec<&EventMention> = reading.events.iter().flat_map(|event| &event.mentions).collect();
    mentions.sort_by_key(|mention| mention.trigger.start());
    mentions
}

/// `frappe ASSAULT`, for each mention, joined by `, `.
fn types(reading: &Reading) -> String {
    let line = |mention: &&EventMention| format!("{} {}", reading.slice(mention.trigger), mention.event_type);
    mentions(reading).iter().map(line).collect::<Vec<_>>().join(", ")
}

#[test]
fn triggers_and_their_near_misses() {
    check(
        &[
            ("L'armée malienne a attaqué mardi des positions rebelles près de Kidal.", "attaqué ASSAULT"),
            ("Une attaque des rebelles contre la base militaire a fait dix morts.", "attaque ASSAULT"),
            ("Son attaque dans le dernier kilomètre a surpris le peloton.", ""),
            ("Les soldats ont mené une frappe de drone contre les djihadistes.", "frappe ASSAULT"),
            ("Sa frappe du gauche a trompé le gardien de but.", ""),
            ("La police a arrêté trois opposants à Conakry.", "arrêté COERCE"),
            ("Le ministre a arrêté de fumer.", ""),
            ("Paris condamne l'attaque contre l'ambassade.", "condamne ACCUSE, attaque ASSAULT"),
            ("Le tribunal militaire a condamné l'ancien ministre à cinq ans de prison.", "condamné SANCTION"),
            ("Le gouvernement a signé un accord avec les rebelles.", "accord SUPPORT"),
            ("Les deux pays ont trouvé un accord sur la frontière.", "accord AGREE"),
            ("L'ONU appelle à un cessez-le-feu au Soudan.", "appelle REQUEST"),
            ("La ville que l'Arménie appelle Artsakh est une capitale régionale.", ""),
            ("Le groupe armé a menacé d'exécuter les otages.", "menacé THREATEN"),
            ("Les bombardements menacent de relancer la guerre.", "bombardements ASSAULT, guerre ASSAULT"),
            ("Une vidéo montrait des sirènes de raid aérien dans la capitale.", ""),
            ("Les positions de défense anti-aérienne de l'armée sont visibles.", ""),
            ("Le ministère de la Défense a annoncé mardi un communiqué.", ""),
            ("Le Conseil de sécurité de l'ONU est composé de quinze membres.", ""),
            ("Des milliers de personnes ont manifesté à Alger contre le régime.", "manifesté PROTEST"),
            ("La maladie se manifeste par de la fièvre.", ""),
            ("Le président a démissionné mercredi.", "démissionné RETREAT"),
            ("Le gouvernement a décrété l'état d'urgence.", "état COERCE"),
            ("Le gouvernement allemand a accueilli un million de réfugiés.", "accueilli AID"),
            ("Le gouvernement allemand a accueilli un million de visiteurs.", ""),
            ("Les syndicats appellent à la grève.", "appellent REQUEST"),
            ("Washington a expulsé dix diplomates russes.", "expulsé SANCTION"),
            (
                "La France a livré des missiles à l'armée ukrainienne pour la guerre.",
                "livré AID, guerre ASSAULT",
            ),
            ("Les rebelles ont libéré vingt prisonniers.", "libéré RETREAT"),
            ("L'opposition a rejeté la proposition du gouvernement.", "rejeté REJECT"),
            ("Le parquet a ouvert une enquête contre le maire.", "enquête ACCUSE"),
            ("La mise en examen du maire a été annoncée par le parquet.", "examen ACCUSE"),
            (
                "L'ambassadeur a visité Bamako. Cette visite a duré deux jours.",
                "visité CONSULT, visite CONSULT",
            ),
            ("Cette visite du musée a duré deux heures.", ""),
            ("Les deux pays ont signé une entente sur la frontière.", "entente SUPPORT"),
            ("Le gouvernement a abrogé la loi contre les manifestants.", "abrogé CONCEDE"),
            ("Il est exclu que le gouvernement change la loi.", ""),
            ("Le ministre a passé la main sur son visage.", ""),
        ],
        types,
    );
}

fn names(reading: &Reading, mention: &EventMention) -> String {
    let list = |side: &[chronique_events::Participant]| {
        side.iter().map(|participant| reading.slice(participant.span)).collect::<Vec<_>>().join("+")
    };
    format!("{}>{}", list(&mention.actors), list(&mention.recipients))
}

#[test]
fn roles() {
    check(
        &[
            ("L'armée malienne a attaqué les rebelles.", "armée malienne>rebelles"),
            ("Les rebelles ont été attaqués par l'armée malienne.", "armée malienne>rebelles"),
            (
                "L'Azerbaïdjan a annoncé avoir bombardé les forces arméniennes.",
                "Azerbaïdjan>forces arméniennes",
            ),
            ("L'attaque des rebelles contre l'armée a duré deux heures.", "rebelles>armée"),
            ("Une offensive menée par les rebelles contre l'armée a échoué.", "rebelles>armée"),
            ("Les soldats ont essuyé des tirs.", ">soldats"),
            ("L'armée, qui a bombardé les rebelles, se félicite.", "armée>rebelles"),
            ("La Russie et l'Ukraine négocient un traité à Istanbul.", "Russie+Ukraine>"),
            ("La police a effectué plus de mille arrestations.", "police>"),
            ("L'arrestation à Lille d'un opposant a surpris.", ">opposant"),
            ("L'attentat a visé deux écoles.", ">écoles"),
            ("Le groupe rebelle a revendiqué l'attaque.", "groupe rebelle>"),
            ("Aucun groupe n'a revendiqué l'attaque.", ">"),
            ("Le président a félicité son rival Nicusor Dan.", "président>rival Nicusor Dan"),
            ("La milice est accusée de viols, de tortures et d'assassinats d'opposants.", ">milice"),
            (
                "Le ministre de la Défense, Jean Dupont, a limogé le général.",
                "ministre de la Défense, Jean Dupont>général",
            ),
        ],
        |reading| mentions(reading).first().map_or(String::new(), |mention| names(reading, mention)),
    );
}

/// Each rule for who takes part where the plain clause does not say it, and what it must leave alone.
#[test]
fn roles_from_further_away() {
    let all = |reading: &Reading| {
        mentions(reading).iter().map(|mention| names(reading, mention)).collect::<Vec<_>>().join(" ")
    };
    check(
        &[
            // With *être* a verb of motion or with *se* is past; others are passive.
            ("Des centaines de manifestants sont descendus dans la rue.", "centaines de manifestants>"),
            ("Trois soldats sont morts dans l'attaque.", ">soldats >soldats"),
            // The dateline is no subject.
            ("Tunisie : l'armée arrête le chef des rebelles.", "armée>chef des rebelles"),
            ("France : le maire soupçonné de corruption.", ">maire"),
            // Who is said to have done it; who merely says so.
            ("Le ministère a imputé l'attaque aux rebelles.", "ministère>rebelles rebelles>"),
            ("Le ministère a annoncé l'attaque aux journalistes.", "ministère>"),
            // Who acts in what happens; who only looks on.
            ("Des heurts ont éclaté entre la police et les rebelles à Tunis.", "police+rebelles>"),
            ("Les négociations se sont poursuivies avec les rebelles à Genève.", "rebelles>"),
            ("Les combats ont repris devant les journalistes.", ">"),
            (
                "Des combats opposant l'armée à des groupes jihadistes ont repris.",
                "armée+groupes jihadistes>",
            ),
            ("Des heurts impliquant des supporteurs et la police ont repris.", "supporteurs+police>"),
            ("Des heurts impliquant des dégâts ont fait dix blessés parmi les rebelles.", ">"),
            // The agent of a passive behind its other complements, and of no active verb.
            (
                "L'opposant a été inculpé de haute trahison par la justice militaire.",
                "justice militaire>opposant",
            ),
            (
                "Le président du Sénat a dénoncé la répression des manifestations par la police.",
                "président du Sénat>police police> >",
            ),
            // Who says to have done it.
            ("L'armée annonce, via un communiqué, avoir abattu quinze terroristes.", "armée>terroristes"),
            // Whom the tagger takes for an adjective, and whom an act on the day hangs on.
            ("Des hommes armés ont attaqué dix civils près de Gao.", "hommes armés>civils"),
            ("Le général a été victime lundi soir d'une tentative d'assassinat.", ">général"),
            // Where an act of violence happens is not whom it hits; whom a siege is laid to is.
            ("L'attentat de Mogadiscio a surpris l'armée.", ">"),
            ("Le bombardement de Mogadiscio a surpris l'armée.", ">Mogadiscio"),
            // Nobody acts in a passive that shares its subject.
            (
                "Au moins vingt policiers ont été tués et trente autres blessés dans un attentat.",
                ">policiers >policiers",
            ),
            ("Les rebelles ont attaqué et tué dix soldats.", "rebelles>soldats rebelles>soldats"),
            ("La Turquie a accusé le PKK d'être responsable de l'attentat d'Ankara.", "Turquie>PKK PKK>"),
            (
                "Le ministre a dénoncé une tentative de coup d'État de la part de militaires.",
                "ministre>militaires militaires>",
            ),
            (
                "La présidence a déploré le manque de sérieux des autorités chinoises.",
                "présidence>autorités chinoises",
            ),
            // Whose act a participle behind a comma, an infinitive under a request or a part of a list is.
            (
                "Les soldats ont ouvert le feu sur la foule, tuant deux manifestants.",
                "soldats>foule soldats>manifestants",
            ),
            ("Les soldats ont repoussé des rebelles attaquant la base.", "soldats>rebelles rebelles>base"),
            ("Quatre personnes, dont un policier, ont été blessées dans l'attaque.", ">personnes >personnes"),
            (
                "La présidence a reproché à l'Allemagne de soutenir les rebelles.",
                "présidence>Allemagne Allemagne>rebelles",
            ),
            ("Un policier blessé dans une attaque des rebelles", "rebelles>policier"),
            // *d'après* is no *de*; where something is asked is not of whom.
            ("Dix soldats ont été tués depuis le début des combats, d'après l'ONG.", ">soldats >soldats"),
            ("Le Conseil de sécurité a exigé un cessez-le-feu à Gaza.", "Conseil de sécurité>"),
            ("L'ONU impose de nouvelles sanctions aux rebelles.", "ONU>rebelles"),
            ("Le Mali a rompu ses relations diplomatiques avec l'Ukraine.", "Mali>Ukraine"),
            // The sides of a conflict.
            ("Le conflit oppose l'armée aux rebelles.", "armée+rebelles>"),
            // Victims of it.
            ("Le maire a été victime d'une attaque des rebelles.", "rebelles>maire"),
            ("Dix civils ont trouvé la mort dans l'attaque.", ">civils"),
            ("L'attaque s'est soldée par la mort de dix soldats.", ">soldats"),
            // To whom something is given, wherever the tree hangs a country; where it is in force.
            ("Washington a imposé un embargo à l'Iran.", "Washington>Iran"),
            ("L'ONU impose un couvre-feu à Gaza.", "ONU>"),
            ("La France s'engage auprès de l'Ukraine à livrer des chars.", "France>Ukraine"),
            ("Le gouvernement a prononcé des sanctions à l'encontre de la Russie.", "gouvernement>Russie"),
            ("Le président s'est entretenu par téléphone avec le roi.", "président+roi>"),
            ("Le président s'est entretenu par téléphone devant le roi.", "président>"),
            ("D'après le quotidien Le Monde, le ministre a menacé un journaliste.", "ministre>journaliste"),
            ("À Paris, Le Monde a accusé le ministre.", "Le Monde>ministre"),
            // Behind the day.
            ("Des ouvriers manifestent depuis mardi contre le ministre.", "ouvriers>ministre"),
            ("Des ouvriers manifestent depuis mardi dans la ville du ministre.", "ouvriers>"),
            // Who is said to be behind an act; who only knows of it.
            ("Paris a accusé le régime d'être à l'origine de l'attaque.", "Paris>régime régime>"),
            ("Paris a accusé le régime d'être au courant de l'attaque.", "Paris>régime >"),
            // Who answers to an accusation is accused.
            ("Le ministre a nié les accusations de corruption.", "ministre> >ministre"),
            // Who hears somebody.
            (
                "L'ambassadeur a été convoqué au ministère des Affaires étrangères.",
                "ministère des Affaires étrangères>ambassadeur",
            ),
            ("L'opposant a été convoqué à l'audience.", ">opposant"),
            // On somebody's part, and forced.
            ("La police a reçu des menaces de la part des rebelles.", "rebelles>police"),
            ("Le général a été contraint à la démission.", "général>"),
            // In relative clauses the subject of *que* acts or undergoes.
            ("L'offensive que mènent les soldats contre les rebelles a échoué.", "soldats>rebelles"),
            ("L'offensive que mène l'armée contre les rebelles a échoué.", "armée>rebelles"),
            ("L'offensive que redoute l'armée a échoué.", ">"),
            // An object pronoun takes up the nearest somebody who does not act.
            ("Les rebelles ont pris un garde et l'ont abattu.", "rebelles>garde"),
            // What is called for falls to who is to do it.
            ("Le président a exigé que l'armée libère les otages.", "président>armée"),
            // Whose deed is blamed.
            (
                "Berlin condamne la tentative de putsch par un groupe de miliciens.",
                "Berlin>groupe de miliciens groupe de miliciens>",
            ),
            // Those who meet all take part, those at a meeting too.
            ("Le ministre a reçu l'ambassadeur.", "ambassadeur+ministre>"),
            ("Lors de la réunion, les ministres ont fixé une date.", "ministres>"),
            // *il y a* has no actor.
            ("Il y a eu trois arrestations.", ">"),
        ],
        all,
    );
}

/// Who takes part where the tree goes astray or another clause names them, and what each rule must leave alone.
#[test]
fn roles_on_trees_that_go_astray() {
    let all = |reading: &Reading| {
        mentions(reading).iter().map(|mention| names(reading, mention)).collect::<Vec<_>>().join(" ")
    };
    check(
        &[
            // The auxiliary parted from its participle, or with a subject of its own.
            ("Les miliciens ont à plusieurs reprises attaqué des villages.", "miliciens>villages"),
            ("Le musée a en réserve des tableaux volés par les miliciens.", ""),
            ("Le maire a par ailleurs condamné les rebelles.", "maire>rebelles"),
            ("Les ministres ont par ailleurs condamné les rebelles.", "ministres>rebelles"),
            // The subject behind a time, a place or an apposition.
            ("À Lyon, deux chômeurs lyonnais ont été condamnés à six mois de prison.", ">chômeurs lyonnais"),
            (
                "Cependant, lundi, la ministre de la Justice, Anne Durand, a accusé les rebelles.",
                "ministre de la Justice, Anne Durand>rebelles",
            ),
            (
                "Toutefois, lundi, la ministre de la Justice, Anne Durand, a accusé les rebelles.",
                "ministre de la Justice, Anne Durand>rebelles",
            ),
            ("Toutefois, lundi, ont expliqué les rebelles, la ville a été attaquée.", ">ville"),
            ("Tunisie : le groupe État islamique revendique l'attaque.", "groupe État islamique>"),
            (
                "Vers 12h30, Benjamin Durand, le chef des grévistes, a appelé les ouvriers à manifester.",
                "Benjamin Durand>ouvriers ouvriers>",
            ),
            ("Jean Dupont, le ministre de la Défense, s'est rendu à Bamako.", "Jean Dupont>"),
            // The predicate that an infinitive hangs on.
            ("Les rebelles sont en passe de reprendre la ville de Goma à l'armée.", "rebelles>ville de Goma"),
            // What opens the sentence.
            (
                "Une policière a été attaquée par des rebelles. Grièvement blessée, cette dernière a été \
                 transportée à l'hôpital.",
                "rebelles>policière >policière",
            ),
            // What was bombed has killed nobody.
            ("Cinq hôpitaux ont été bombardés, tuant dix civils.", ">hôpitaux >civils"),
            // Who has issued what a document says; who has received it says nothing.
            ("Le gouvernement a publié un communiqué qui condamne les rebelles.", "gouvernement>rebelles"),
            ("Le gouvernement a reçu un communiqué qui condamne les rebelles.", ">rebelles"),
            // Who is in custody, and who is on strike.
            ("Le ministre est en garde à vue depuis mardi.", ">ministre"),
            ("Les salariés sont en grève depuis mardi.", "salariés>"),
            // One of several; no counted thing else.
            ("Un de ses gardes a été tué dans l'assaut.", ">gardes >gardes"),
            ("Certains de ses collègues ont été blessés par les manifestants.", "manifestants>collègues"),
            // What a clause behind a relative one says of its subject.
            (
                "L'armée, qui a tué deux manifestants lundi, est accusée de crimes.",
                "armée>manifestants >armée",
            ),
            // Who did it and to whom, with one hung on the other.
            (
                "L'ONG dénonce des violences commises contre les réfugiés par la police.",
                "ONG>police police>réfugiés",
            ),
            // What is shot is no target, what is burnt is.
            ("Des tirs d'obus ont repris près de la base de l'armée.", ">"),
            ("La libération d'otages a commencé dans la ville rebelle.", ">otages"),
            // Whom somebody says it is done to; what he does himself.
            ("Le ministre a annoncé sa convocation par la justice.", "justice>ministre"),
            ("Le ministre a annoncé sa démission.", "ministre>"),
            // The name behind a description.
            ("Cet homme, Adam Martin, était recherché par la police.", "police>homme, Adam Martin"),
            // The one man before.
            ("La police a arrêté un homme. Il a ensuite été placé en garde à vue.", "police>homme >homme"),
            (
                "Un homme a été arrêté par un soldat. Il a ensuite été placé en garde à vue.",
                "soldat>homme >homme",
            ),
            // Both of those who meet.
            ("Le président a parlé après sa rencontre avec le roi.", "roi+président>"),
            ("Le président a parlé après la rencontre avec le roi.", "roi>"),
            // Whom a protest gathers; whom it hinders.
            ("La manifestation a réuni des milliers d'étudiants à Lyon.", "milliers d'étudiants>"),
            ("La manifestation a gêné des milliers d'étudiants à Lyon.", ">"),
            // Who speaks at the end.
            ("L'opposant a été arrêté, dénonce son avocat.", ">opposant avocat>"),
            ("L'opposant a été arrêté et dénonce son avocat.", ">opposant opposant>avocat"),
            // Who is hit does not hit back at himself; whom the pronoun points at.
            ("Nos soldats ont été attaqués. Ils ont riposté.", ">soldats soldats>"),
            ("Le chauffeur roulait trop vite. Ce dernier a été inculpé lundi.", ">chauffeur"),
        ],
        all,
    );
}

#[test]
fn status() {
    check(
        &[
            ("Les deux pays ont frôlé la guerre.", "possible"),
            ("La procédure de retrait du Burundi de la CPI a commencé.", "future"),
            ("L'armée a bombardé la ville.", "actual"),
            ("L'armée n'a pas bombardé la ville.", "negated"),
            ("L'armée aurait bombardé la ville.", "possible"),
            ("Le ministère a déclaré qu'il bombarderait la ville.", "future"),
            ("L'armée bombardera la ville.", "future"),
            ("L'armée va bombarder la ville.", "future"),
            ("L'armée a tenté de bombarder la ville.", "possible"),
            ("Les rebelles pourraient attaquer la ville.", "possible"),
            ("L'armée craint une attaque des rebelles.", "possible"),
            ("Aucune attaque de rebelles n'a eu lieu.", "negated"),
            ("La police a déjoué un attentat.", "possible"),
            ("Le ministre a dû démissionner.", "actual"),
            ("Le plan rejeté par l'opposition concernait la police.", "actual"),
            ("Une réunion entre les ministres des deux pays se tiendra lundi.", "future"),
            ("Les rebelles sont sur le point d'attaquer la ville.", "future"),
            ("L'armée a lancé ses chars pour reprendre la ville aux rebelles.", "possible"),
            ("L'armée utilise ses chars pour attaquer la ville.", "actual"),
            ("L'ONG n'a pas hésité à dénoncer le régime.", "actual"),
            ("Le président ne ménage pas ses efforts pour dénoncer le régime.", "actual"),
            ("Le gouvernement nie les accusations de l'opposition.", "actual"),
            ("Les soldats ont entendu une explosion dans la base militaire.", "actual"),
            ("L'opposition espère l'ouverture d'une enquête par la Cour pénale internationale.", "possible"),
            ("La police craint que les rebelles attaquent la ville.", "possible"),
            ("Le journaliste aurait été victime d'un tir des rebelles.", "possible"),
            ("Un attentat déjoué visait la base militaire.", "possible"),
            ("La visite prévue du président à Kiev inquiète Moscou.", "future"),
            // Who does not take part does not undo it.
            ("Les milices n'ont pas participé aux combats dans la ville.", "actual"),
            ("Les milices n'ont pas lancé d'offensive contre la ville.", "negated"),
            ("Il s'agirait d'un attentat, selon la police.", "possible"),
            ("Il s'agit d'un attentat, selon la police.", "actual"),
            ("Il ne s'agit pas d'une fuite de gaz, mais d'un attentat, selon la police.", "actual"),
            // Read on 20 September.
            (
                "La grève des cheminots contre la réforme du gouvernement commence le 2 octobre 2023.",
                "future",
            ),
            (
                "La grève des cheminots contre la réforme du gouvernement commence le 2 septembre 2023.",
                "actual",
            ),
        ],
        |reading| mentions(reading).first().map_or(String::new(), |mention| mention.status.to_string()),
    );
}

#[test]
fn attribution() {
    check(
        &[
            ("Selon l'armée, les rebelles ont attaqué la ville.", "armée"),
            (
                "Les rebelles ont attaqué la ville, a indiqué le ministère de la Défense.",
                "ministère de la Défense",
            ),
            ("L'armée affirme que les rebelles ont attaqué la ville.", "armée"),
            ("Le ministre a déclaré : « Les rebelles ont attaqué la ville. »", "ministre"),
            ("L'armée lance une « offensive » contre les rebelles.", ""),
            ("D'après une source policière, les rebelles ont attaqué la ville.", "source policière"),
            (
                "L'armée affirme dans un communiqué que « dix rebelles ont été tués » par ces frappes.",
                "armée",
            ),
            ("Un attentat revendiqué par les rebelles a fait dix morts.", "rebelles"),
            ("Les rebelles n'ont pas revendiqué l'attentat.", ""),
            ("La police a arrêté dix manifestants, comme l'a annoncé le préfet.", "préfet"),
            ("La police a arrêté dix manifestants, comme le préfet.", ""),
            ("À en croire l'opposition, la police a arrêté dix manifestants.", "opposition"),
            ("À croire en l'opposition, les manifestants ont été arrêtés.", ""),
            ("Le ministère fait état de dix rebelles tués dans une attaque.", "ministère"),
            ("Le ministère fait face à une attaque des rebelles.", ""),
            ("« Pourquoi les rebelles ont-ils attaqué la ville ? », s'interroge le maire.", "maire"),
            (
                "Selon les chiffres du ministère de l'Intérieur, les rebelles ont attaqué trois villes.",
                "chiffres du ministère de l'Intérieur",
            ),
            ("L'opposant a été arrêté, dénonce son avocat.", "avocat"),
            ("Selon l'annonce faite par la présidence, les rebelles ont attaqué la ville.", "présidence"),
            ("Selon le plan préparé en secret, les rebelles ont attaqué la ville.", ""),
            // What is known says only when something else was.
            ("Selon l'armée, la guerre a repris.", "armée"),
            ("Selon l'armée, la ville est calme depuis le début de la guerre.", ""),
            ("Selon l'armée, la ville a souffert lors d'une attaque des rebelles.", "armée"),
            // Who is accused of an act, and by whom.
            ("L'accusé a avoué le meurtre du ministre.", "accusé"),
            // An agency hears it.
            ("« Un soldat a été blessé », a expliqué à l'AFP Jeanne Martin.", "Jeanne Martin"),
            ("« Un soldat a été blessé », a expliqué au maire Jeanne Martin.", ""),
            // Who calls for something does it by saying so.
            ("« Nous demandons des armes », a déclaré le ministre.", ""),
            ("Les rebelles ont attaqué la ville selon le plan prévu.", ""),
            ("Les rebelles ont attaqué la ville.", ""),
        ],
        |reading| {
            let all = mentions(reading);
            let source = all.first().and_then(|mention| mention.attribution.as_ref());
            source.map_or(String::new(), |source| reading.slice(source.span).to_owned())
        },
    );
}

/// A pronoun that speaks is whoever spoke before, and nobody of whom he speaks.
#[test]
fn attribution_to_a_pronoun() {
    check(
        &[
            (
                "Le ministre de la Défense a précisé que la ville est calme. « Un rebelle a abattu dix soldats », a-t-il \
                 déclaré.",
                "ministre de la Défense",
            ),
            ("« Un rebelle a abattu dix soldats », a-t-il déclaré.", ""),
            (
                "La ville est calme, ont raconté les pompiers. Ces derniers ajoutent que les tireurs ont tué dix \
                 soldats.",
                "pompiers",
            ),
            (
                "La ville est calme, ont rapporté les enquêteurs. Il ajoute que les tireurs ont tué dix soldats.",
                "",
            ),
        ],
        |reading| {
            let all = mentions(reading);
            let source = all.last().and_then(|mention| mention.attribution.as_ref());
            source.map_or(String::new(), |source| reading.slice(source.span).to_owned())
        },
    );
}

#[test]
fn places_and_times() {
    check(
        &[
            ("Une attaque a visé mardi la base de l'armée à Gao.", "Gao mardi"),
            ("Mali : attaque à Tombouctou contre l'armée", "Tombouctou -"),
            ("La police a arrêté trois opposants à Conakry.", "Conakry -"),
            // What says where a place is, or where somebody comes from, is no place of the act.
            ("La police a arrêté un opposant à Rekkem, une ville proche de Lille.", "Rekkem -"),
            ("La police a arrêté à Lille un homme originaire de Marseille.", "Lille -"),
            ("La guerre a conduit le Mali à attaquer un village près de Gao.", "Gao -"),
            // What is said happens nowhere, unless it is told where.
            ("Le ministre accuse les rebelles du Mali.", "- -"),
            // The day on which somebody tells of an act is not the act's; nor what stands in a relative clause.
            ("L'armée a annoncé mardi que les rebelles ont attaqué un village près de Gao.", "Gao -"),
            ("Les rebelles ont lancé mardi une offensive contre l'armée à Gao.", "Gao mardi"),
            ("L'armée, qui a bombardé Gao, s'est retirée lundi.", "Gao -"),
            ("Deux semaines après l'attaque de Gao par les rebelles, la ville est vide.", "Gao -"),
        ],
        |reading| {
            let all = mentions(reading);
            let Some(first) = all.iter().find(|mention| !reading.places(mention).is_empty()).or(all.first())
            else {
                return String::new();
            };
            let places = reading.places(first);
            let time = reading.time(first).unwrap_or("-");
            format!("{} {time}", if places.is_empty() { "-".to_owned() } else { places.join("+") })
        },
    );
}

/// The places of each act: which are taken from another act of the sentence, and which are not.
#[test]
fn places_beside_another_act() {
    check(
        &[
            ("Des soldats ont été tués pendant une attaque à Gao.", "Gao Gao"),
            // What has not happened has no place but its own.
            ("La police a interpellé à Gao un homme soupçonné de préparer un attentat.", "Gao -"),
            // What happens in another clause.
            ("Des combats ont éclaté et le ministre a rencontré l'ambassadeur à Paris.", "- Paris"),
            ("Dix soldats ont été tués lorsqu'une bombe a explosé à Gao.", "Gao Gao"),
            // To whom, with whom or against whom.
            ("La livraison d'armes à l'Ukraine a commencé.", "-"),
            ("L'armée a lancé une offensive contre la Syrie.", "-"),
            ("Dix soldats sont morts dans une attaque près de la frontière avec le Mali.", "- -"),
        ],
        |reading| {
            let of = |mention: &&EventMention| match reading.places(mention) {
                places if places.is_empty() => "-".to_owned(),
                places => places.join("+"),
            };
            mentions(reading).iter().map(of).collect::<Vec<_>>().join(" ")
        },
    );
}

#[test]
fn victims() {
    check(
        &[
            ("L'attentat a fait 16 morts et une trentaine de blessés.", "16/30"),
            ("Trois soldats ont été tués dans une embuscade.", "3/-"),
            ("Les combats ont tué douze personnes.", "12/-"),
            ("L'attaque n'a pas fait de victimes.", "-/-"),
            ("L'attentat a coûté la vie à au moins 25 personnes.", "25/-"),
            ("Trois femmes ont trouvé la mort lors de deux bombardements.", "3/-"),
            ("Le raid nocturne s'est soldé par la mort de « plus de 60 combattants ».", "60/-"),
            (
                "Une attaque des rebelles a visé la base militaire. Le bilan est de 6 morts et 11 blessés.",
                "6/11",
            ),
            ("Les rebelles ont bombardé la ville, faisant deux morts et dix-neuf blessés.", "2/19"),
            (
                "Cinq soldats ont été tués et une dizaine d'autres blessés dans une attaque des rebelles.",
                "5/10",
            ),
            ("Trois rebelles, dont deux chefs, ont été tués samedi.", "3/-"),
            // One person counts one, several without a number count nobody.
            ("L'agresseur a été tué par la police.", "1/-"),
            ("Il a été abattu par les soldats.", "1/-"),
            ("Un de ses gardes a été tué dans une embuscade.", "1/-"),
            ("Certains de ses gardes ont été tués dans une embuscade.", "-/-"),
            ("Des soldats ont été tués dans une embuscade.", "-/-"),
            ("Une famille a été tuée par les rebelles.", "-/-"),
            ("L'armée a abattu deux drones.", "-/-"),
            ("Aucun soldat n'a été tué dans l'attaque.", "-/-"),
            // What an accident costs is no figure of the attack told before it.
            ("Les rebelles ont attaqué la ville. Un accident de car a fait douze morts.", "-/-"),
        ],
        |reading| {
            let of = |count: Option<u32>| count.map_or("-".to_owned(), |count| count.to_string());
            let killed = reading.events.iter().find_map(|event| event.killed);
            let wounded = reading.events.iter().find_map(|event| event.wounded);
            format!("{}/{}", of(killed), of(wounded))
        },
    );
}

#[test]
fn mentions_of_one_happening_merge_and_others_do_not() {
    check(
        &[
            ("L'attaque des rebelles a tué dix soldats.", "1"),
            (
                "Une attaque a visé la base de l'armée mardi. L'attaque a été revendiquée par les rebelles.",
                "1",
            ),
            ("Des rebelles ont attaqué Kidal mardi. Une autre attaque a visé Gao.", "2"),
            (
                "Le calme était revenu. Une attaque a visé la base de l'armée à Kidal. Trois attaques ont été menées à Gao.",
                "2",
            ),
            // What it did to people, in a sentence of its own; who else was hit later is another matter.
            (
                "Des hommes armés ont attaqué un marché à Lyon. Dix personnes ont été blessées et deux sont mortes.",
                "1",
            ),
            ("Des hommes armés ont attaqué un marché à Lyon. Les rebelles ont tué dix soldats à Gao.", "2"),
            // A campaign takes up its strikes, but no deed of another year.
            (
                "L'armée a lancé une campagne militaire au Mali. Les frappes ont visé Gao. En 2012, les rebelles ont attaqué Kidal.",
                "2",
            ),
            ("L'armée a attaqué Kidal en 2012. Les rebelles ont attaqué Gao en 2020.", "2"),
            (
                "La police a arrêté deux opposants. Le tribunal a condamné les opposants à dix ans de prison.",
                "2",
            ),
        ],
        |reading| reading.events.len().to_string(),
    );
}

#[test]
fn every_row_takes_its_example_and_leaves_its_near_miss() {
    let reader = Reader::new();
    let mut failures = Vec::new();
    let rows = include_str!("../data/lexicon.tsv").lines().filter(|line| !line.starts_with('#'));
    for row in rows.skip(1) {
        let cells: Vec<&str> = row.split('\t').collect();
        let fired = |sentence: &str| {
            reader
                .read(sentence)
                .events
                .iter()
                .flat_map(|event| event.mentions.clone())
                .any(|mention| mention.rule.id() == cells[0])
        };
        let cell = |column: usize| cells.get(column).copied().unwrap_or_default();
        let (example, near_miss) = (cell(7), cell(8));
        if example.is_empty() {
            failures.push(format!("{} has no example", cells[0]));
        } else if !fired(example) {
            failures.push(format!("{} does not take: {example}", cells[0]));
        }
        if !near_miss.is_empty() && fired(near_miss) {
            failures.push(format!("{} takes: {near_miss}", cells[0]));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
