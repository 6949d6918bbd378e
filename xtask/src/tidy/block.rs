//! The block of ARCHITECTURE.md that lists who may import whom.

use std::collections::{BTreeMap, BTreeSet};

use crate::Outcome;

/// A crate or a module, and what it imports.
pub(super) type Arrows = BTreeMap<String, BTreeSet<String>>;

/// The lines before and after the block.
const START: &str = "<!-- arrows -->";
const END: &str = "<!-- /arrows -->";

/// Reads the block between its two marks: lines `NAME <- NAME, NAME`, fences of a code block passed
/// over.
pub(super) fn read(document: &str) -> Outcome<Arrows> {
    let block = document.split_once(START).and_then(|(_, rest)| rest.split_once(END));
    let Some((block, _)) = block else {
        return Err(format!("ARCHITECTURE.md: a block between {START} and {END} is needed"));
    };
    let mut arrows = Arrows::new();
    for line in block.lines().map(str::trim) {
        if line.is_empty() || line.starts_with("```") {
            continue;
        }
        let (name, imports) = line
            .split_once("<-")
            .ok_or(format!("ARCHITECTURE.md: {line:?} is no line `NAME <- NAME, NAME`"))?;
        let imports = imports.split(',').map(str::trim).filter(|name| !name.is_empty());
        let imports = imports.map(str::to_owned).collect();
        if arrows.insert(name.trim().to_owned(), imports).is_some() {
            return Err(format!("ARCHITECTURE.md: {} has two lines of arrows", name.trim()));
        }
    }
    Ok(arrows)
}

/// Writes arrows as the block has them.
pub(super) fn write(arrows: &Arrows) -> String {
    let lines: Vec<String> = arrows
        .iter()
        .map(|(name, imports)| {
            let imports: Vec<&str> = imports.iter().map(String::as_str).collect();
            format!("{name} <- {}", imports.join(", ")).trim_end().to_owned()
        })
        .collect();
    lines.join("\n")
}

/// A way round in the arrows, where there is one.
pub(super) fn cycle(arrows: &Arrows) -> Option<Vec<String>> {
    // What can be taken away because it imports nothing that is left; a cycle remains.
    let mut left = arrows.clone();
    loop {
        let free: Vec<String> = left
            .iter()
            .filter(|(_, imports)| imports.iter().all(|import| !left.contains_key(import)))
            .map(|(name, _)| name.clone())
            .collect();
        if free.is_empty() {
            break;
        }
        free.iter().for_each(|name| drop(left.remove(name)));
    }
    // Every name that is left imports another one that is left: walk until one comes again.
    let mut way: Vec<String> = vec![left.keys().next()?.clone()];
    loop {
        let last = way.last()?;
        let next = left.get(last)?.iter().find(|import| left.contains_key(*import))?.clone();
        let seen = way.iter().position(|name| *name == next);
        way.push(next);
        if let Some(start) = seen {
            return Some(way.split_off(start));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let text = "a <-\nb <- a\nc <- a, b";
        let document = format!("# Title\n{START}\n```text\n{text}\n```\n{END}\nend");
        assert_eq!(write(&read(&document).expect("a block")), text);
    }

    #[test]
    fn a_document_without_a_block_is_refused() {
        read("nothing").expect_err("no block");
        read(&format!("{START} a <- b")).expect_err("no end");
        read(&format!("{START}\nsomething else\n{END}")).expect_err("no arrow");
        read(&format!("{START}\na <- b\na <- c\n{END}")).expect_err("twice");
    }

    #[test]
    fn a_cycle_is_named() {
        let read = |block: &str| read(&format!("{START}\n{block}\n{END}")).expect("a block");
        assert_eq!(cycle(&read("a <-\nb <- a\nc <- a, b")), None);
        let found = cycle(&read("a <- c\nb <- a\nc <- b\nd <- a")).expect("a cycle");
        assert_eq!(found, ["a", "c", "b", "a"]);
    }
}
