//! Whether a text is French at all.

use std::collections::HashSet;

use chronique_text::Text;

const WORDS: &str = include_str!("../data/french.tsv");

/// Shorter texts are taken for French: a headline may hold none of the words.
const ENOUGH: usize = 40;

/// The share of the words below which a text is not French, in percent. Open French news hold 24 % in
/// the middle and never less than 9 % (a list of results); English, Spanish, German hold 0 to 4 %.
const SHARE: usize = 5;

/// The longest word of the list, in bytes: longer ones need no look-up.
const LONGEST: usize = 5;

/// What tells French from other languages.
#[derive(Debug)]
pub(crate) struct French {
    words: HashSet<&'static str>,
}

impl French {
    pub(crate) fn new() -> French {
        French { words: WORDS.lines().filter(|line| !line.starts_with('#')).collect() }
    }

    /// Whether a text is French, or too short to tell.
    pub(crate) fn holds(&self, text: &Text) -> bool {
        let (mut all, mut known) = (0_usize, 0_usize);
        let words = text.as_str().split(|char: char| !char.is_alphabetic());
        for word in words.filter(|word| !word.is_empty()) {
            all += 1;
            known += usize::from(word.len() <= LONGEST && self.words.contains(&*word.to_ascii_lowercase()));
        }
        all < ENOUGH || known * 100 >= all * SHARE
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn french_and_not() {
        let french = "Le président a reçu mardi les ministres de la Défense des deux pays, qui se sont dit prêts à \
             négocier sur la base des accords, mais l’opposition n’a pas voulu se rendre dans la capitale \
             et demande une enquête sur les morts du mois d’avril. ";
        let english = "Russian forces attacked the city on Tuesday, killing three civilians and wounding twelve, \
             the governor said. The president condemned the attack and asked for more air defence. Police \
             arrested five people during a protest against the war in the capital. ";
        let spanish = "Las fuerzas rusas atacaron la ciudad el martes y mataron a tres civiles, dijo el gobernador. \
             El presidente condenó el ataque y pidió más defensas. La policía detuvo a cinco personas durante \
             una protesta contra la guerra en la capital del país. ";
        let german = "Russische Truppen haben am Dienstag die Stadt angegriffen und drei Zivilisten getötet, sagte \
             der Gouverneur. Der Präsident verurteilte den Angriff und bat um mehr Luftabwehr. Die Polizei nahm \
             fünf Menschen bei einer Kundgebung gegen den Krieg in der Hauptstadt fest. ";
        let upper = french.to_uppercase();
        let table = [
            ("french", french, true),
            ("capitals", &upper, true),
            ("english", english, false),
            ("spanish", spanish, false),
            ("german", german, false),
            ("short", "Police arrest five in Minsk raids", true),
            ("nothing", "", true),
        ];
        for (name, text, expected) in table {
            assert_eq!(French::new().holds(&Text::new(text).unwrap()), expected, "{name}");
        }
    }

    #[test]
    fn the_list_is_sorted_and_plain() {
        let words: Vec<_> = WORDS.lines().filter(|line| !line.starts_with('#')).collect();
        assert!(words.is_sorted_by(|a, b| a < b));
        assert!(
            words.iter().all(|word| word.len() <= LONGEST && word.bytes().all(|b| b.is_ascii_lowercase()))
        );
    }
}
