//! Prints the actors of a text: `cargo run -p chronique-actors --example actors -- article.txt`.

use std::io::Write as _;

use chronique_actors::ActorLexicon;
use chronique_syntax::Model;
use chronique_text::Text;
use chronique_tokens::Tokenizer;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("which file? give the path of a text")?;
    let text = Text::new(std::fs::read_to_string(path)?)?;
    let tokens = Tokenizer::french().tokenize(&text, [text.span()]);
    let syntax = Model::from_bytes(chronique_model_fr::model())?.analyze(&text, &tokens);
    let actors = ActorLexicon::french().actors(&text, &tokens, &syntax);
    let mut out = std::io::stdout().lock();
    let code =
        |country: Option<chronique_actors::Country>| country.map_or("-".to_owned(), |code| code.to_string());
    for actor in actors.as_slice() {
        let sector = actor.sector.map_or("-", |sector| sector.as_str());
        writeln!(out, "{}  {} {sector}", actor.name, code(actor.country))?;
        for &at in &actor.mentions {
            let mention = &actors.mentions()[at as usize];
            let words = text.slice(mention.span);
            let count = mention.count.map_or(String::new(), |count| format!(" ×{}", count.value));
            let full = mention.stands_for.map_or(String::new(), |at| {
                format!(" = {}", text.slice(actors.mentions()[at as usize].span))
            });
            writeln!(out, "    {} {words}{count}{full}  ({})", mention.class.as_str(), mention.reason)?;
        }
    }
    for adjective in actors.adjectives() {
        writeln!(
            out,
            "    adjective {} → {}",
            text.slice(adjective.span),
            actors.actor(adjective.actor).name
        )?;
    }
    Ok(())
}
