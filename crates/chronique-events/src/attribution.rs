use chronique_syntax::{Deprel, Upos, WordId};

use crate::Attribution;
use crate::cues::Cue;
use crate::scene::Scene;

/// Who reports an act: *selon l'armée*, *a indiqué le ministère*, *X affirme que…*, *accuse X d'avoir…*.
pub(crate) fn attribution(scene: &Scene<'_>, anchor: WordId, own: &[WordId]) -> Option<Attribution> {
    according(scene, anchor).or_else(|| speech(scene, anchor, own)).or_else(|| inserted(scene, anchor, own))
}

/// *selon X*, *d'après X*, *de source Y* in the clauses above the act.
fn according(scene: &Scene<'_>, anchor: WordId) -> Option<Attribution> {
    let sentence = scene.sentence(anchor);
    for at in sentence.clone().map(WordId) {
        let lemma = scene.lemma(at);
        let cue = scene.cues.gives(lemma, Cue::According)
            || lemma == "après"
                && at.0 > sentence.start
                && matches!(scene.lemma(WordId(at.0 - 1)), "de" | "d'");
        if !cue {
            continue;
        }
        let Some(source) = scene.head(at).filter(|&source| scene.is_nominal(source)) else { continue };
        // It speaks for the clause that it hangs on and all below.
        let scope = scene.head(source).unwrap_or(source);
        let covers = scope == anchor || scene.evidence.syntax.subtree(scope).contains(&anchor.0);
        if covers && source != anchor && !scene.evidence.syntax.subtree(source).contains(&anchor.0) {
            return Some(Attribution { span: scene.participant_span(source), cue: scene.word(at).span });
        }
    }
    None
}

/// A verb of speech, accusation or suspicion above the act.
fn speech(scene: &Scene<'_>, anchor: WordId, own: &[WordId]) -> Option<Attribution> {
    let mut at = anchor;
    for _ in 0..12 {
        let head = scene.head(at)?;
        let complement =
            matches!(scene.deprel(at), Deprel::Ccomp | Deprel::Xcomp | Deprel::Obj | Deprel::Parataxis)
                || matches!(scene.deprel(at), Deprel::Advcl | Deprel::Obl | Deprel::OblArg)
                    && matches!(scene.lemma(head), "accuser" | "soupçonner" | "suspecter");
        let speaks = scene.is_verbal(head)
            && (scene.gives(head, Cue::Speech)
                || matches!(scene.lemma(head), "accuser" | "soupçonner" | "suspecter" | "reprocher"));
        if complement && speaks && (scene.is_verbal(at) || scene.deprel(at) != Deprel::Obj) {
            return source(scene, head, own);
        }
        at = head;
    }
    None
}

/// *…, a indiqué le ministère* inside the sentence.
fn inserted(scene: &Scene<'_>, anchor: WordId, own: &[WordId]) -> Option<Attribution> {
    let clauses = scene.evidence.syntax.ancestors(anchor).take(12);
    std::iter::once(anchor).chain(clauses).find_map(|above| {
        scene
            .children(above)
            .filter(|&child| {
                scene.deprel(child).base() == Deprel::Parataxis && scene.gives(child, Cue::Speech)
            })
            .filter(|&child| !scene.evidence.syntax.subtree(child).contains(&anchor.0))
            .find_map(|child| source(scene, child, own))
    })
}

/// The source that a verb of speech names as its subject.
fn source(scene: &Scene<'_>, verb: WordId, own: &[WordId]) -> Option<Attribution> {
    let subject = scene.subject(verb)?.filler.word;
    if own.contains(&subject) && scene.upos(subject) == Upos::Pron {
        return None;
    }
    let somebody = !scene.classes(subject).is_none() || scene.upos(subject) == Upos::Noun;
    let named = scene.upos(subject) != Upos::Pron || scene.evidence.actors.headed_by(subject).is_some();
    (somebody && named)
        .then(|| Attribution { span: scene.participant_span(subject), cue: scene.word(verb).span })
}
