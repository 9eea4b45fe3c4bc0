//! Targets that read archives, as `chronique read` does.

use chronique_cli::articles;
use proptest::strategy::BoxedStrategy;
use serde_json::Value;

use crate::tables::changed;

const LINES: &[&str] = &[
    "{\"id\": \"a-1\", \"title\": \"Mali\", \"text\": \"L'armée a repris Kidal.\", \"date\": \"2023-11-14\"}\n\
     {\"id\": 7, \"text\": \"Ils \\u00e9taient \\\"vingt\\\".\", \"date\": \"2023-11-14T08:30:00+01:00\"}\n\
     \n\
     {\"text\": \"Rien n'a été signalé.\", \"title\": null, \"rubrique\": [1, {\"a\": 2.5e3}]}\r\n",
    "\u{FEFF}{\"text\":\"\"}\n \t\n{\"date\":\"hier\",\"text\":\"Le calme est revenu.\"}",
    "{\"text\": \"\\ud83d\\ude00 \\n\\n\"}\n{\"text\": [[[[[[[[]]]]]]]]}\n{\"texte\": \"Autre clé.\"}\n[]\ntrue\n",
];

const ROWS: &[&str] = &[
    "id,title,text,date\na-1,Mali,\"L'armée a repris Kidal, dit-on.\",2023-11-14\n,,\"Deux\nlignes et un \"\"mot\"\"\",\n",
    "\u{FEFF}text\r\nRien n'a été signalé.\r\n\r\n\"\"\r\n",
    "text;date\nLe calme est revenu.;2023-11-14\n",
];

pub(crate) fn lines() -> BoxedStrategy<Vec<u8>> {
    changed(LINES)
}

pub(crate) fn rows() -> BoxedStrategy<Vec<u8>> {
    changed(ROWS)
}

pub(crate) fn json_lines(bytes: &[u8]) {
    let content = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let lines = (1..).zip(content.split(|&byte| byte == b'\n'));
    let full: Vec<(u64, &[u8])> =
        lines.filter(|(_, line)| !line.iter().all(u8::is_ascii_whitespace)).collect();
    let found = articles("a.jsonl", bytes);
    assert_eq!(found.len(), full.len(), "no line is lost, none is read twice");
    for (article, (number, line)) in found.iter().zip(full) {
        match article {
            Ok(article) => {
                let object: Value = serde_json::from_slice(line).expect("an article comes of JSON");
                let text = object["text"].as_str().expect("an article has a text");
                assert!(article.text().as_str().ends_with(text), "{text:?}");
            }
            Err(message) => assert!(message.starts_with(&format!("a.jsonl:{number}: ")), "{message}"),
        }
    }
}

pub(crate) fn csv(bytes: &[u8]) {
    let found = articles("a.csv", bytes);
    let lines = bytes.split(|&byte| byte == b'\n' || byte == b'\r').count();
    assert!(found.len() <= lines, "{} articles of {lines} lines", found.len());
    for message in found.iter().filter_map(|article| article.as_ref().err()) {
        assert!(message.starts_with("a.csv:"), "{message}");
    }
}
