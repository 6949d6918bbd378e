//! Lines of a text, made safe to show.

use std::ops::Range;

use crate::location::{floor, line_at};
use crate::secrets::secret_part;

/// How many characters of a line are shown.
const WIDTH: usize = 120;
/// How many of them stand before the place at fault, in a line that is too long.
const LEAD: usize = 40;
/// How many characters of a value a message quotes.
const QUOTE: usize = 100;

/// One line of a text, safe to show: control characters are escaped, secrets are masked by `…`,
/// and a long line is cut.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt {
    text: String,
    mark: Range<usize>,
}

impl Excerpt {
    /// Takes the line at `range` (bytes) out of `text`.
    ///
    /// What stands behind a key that is named like a secret is masked.
    pub fn new(text: &str, range: Range<usize>) -> Excerpt {
        Excerpt::masking(text, range, None)
    }

    /// Like [`new`](Self::new), and masks the bytes of `secret` too.
    pub fn masking(text: &str, range: Range<usize>, secret: Option<Range<usize>>) -> Excerpt {
        let line = line_at(text, floor(text, range.start));
        let shown = &text[line.clone()];
        let within = |range: Range<usize>| {
            let start = floor(text, range.start).clamp(line.start, line.end);
            let end = floor(text, range.end).clamp(start, line.end);
            start - line.start..end - line.start
        };
        let masks = [secret.map(within), secret_part(text, &line)];
        render(shown, within(range), &masks)
    }

    /// The line as it may be shown.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The place at fault, in characters of [`text`](Self::text), from 0. It is never empty.
    pub fn mark(&self) -> Range<usize> {
        self.mark.clone()
    }

    /// Spaces and carets to stand below [`text`](Self::text).
    pub fn carets(&self) -> String {
        format!("{}{}", " ".repeat(self.mark.start), "^".repeat(self.mark.len()))
    }
}

/// `text` with everything escaped that a terminal would not show as a character.
pub(crate) fn printable(text: &str) -> String {
    text.chars().map(printable_char).collect()
}

/// `text` in backticks, printable and cut to a bound.
pub(crate) fn quoted(text: &str) -> String {
    let mut cut: String = text.chars().take(QUOTE).collect();
    if cut.len() < text.len() {
        cut.push('…');
    }
    format!("`{}`", printable(&cut))
}

fn printable_char(c: char) -> String {
    match c {
        '"' | '\'' | '\\' => c.to_string(),
        _ => c.escape_debug().collect(),
    }
}

/// Makes the line printable, piece by piece, so that the mark stays at its characters.
fn render(line: &str, fault: Range<usize>, masks: &[Option<Range<usize>>]) -> Excerpt {
    let mut shown: Vec<char> = Vec::new();
    let mut start = None;
    let mut end = None;
    let mut masked = false;
    for (at, c) in line.char_indices().chain([(line.len(), '\n')]) {
        let hidden = masks.iter().flatten().any(|mask| mask.contains(&at));
        if at >= fault.start && start.is_none() {
            // What is inside of a mask is marked there.
            start = Some(shown.len() - usize::from(hidden && masked));
        }
        if at >= fault.end && end.is_none() {
            end = Some(shown.len());
        }
        match c {
            _ if at == line.len() => {}
            _ if hidden && masked => {}
            _ if hidden => shown.push('…'),
            '\t' => shown.push(' '),
            _ => shown.extend(printable_char(c).chars()),
        }
        masked = hidden;
    }
    let start = start.unwrap_or(shown.len());
    window(shown, start, end.unwrap_or(start))
}

fn window(shown: Vec<char>, start: usize, end: usize) -> Excerpt {
    let end = end.max(start + 1);
    if shown.len() <= WIDTH {
        return Excerpt { text: shown.into_iter().collect(), mark: start..end };
    }
    let first = start.saturating_sub(LEAD);
    let last = (first + WIDTH).min(shown.len());
    let mut text = String::new();
    if first > 0 {
        text.push('…');
    }
    text.extend(&shown[first..last]);
    if last < shown.len() {
        text.push('…');
    }
    let shift = usize::from(first > 0);
    let end = end.min(last.max(start + 1));
    Excerpt { text, mark: start - first + shift..end - first + shift }
}

#[cfg(test)]
mod tests {
    use super::{Excerpt, printable, quoted};
    use crate::location::locate;

    fn excerpt_of(text: &str, part: &str, secret: bool) -> Excerpt {
        let start = text.find(part).expect("the part is in the text");
        let range = start..start + part.len();
        Excerpt::masking(text, range.clone(), secret.then_some(range))
    }

    #[test]
    fn columns_count_characters_not_bytes() {
        let text = "a = 1\nä = \"x\"\n";
        let at = text.find("\"x\"").expect("it is there");
        let location = locate(text, at..at + 3);
        assert_eq!((location.line, location.column), (2, 5));
    }

    #[test]
    fn carets_stand_below_the_value_behind_escapes_and_tabs() {
        let excerpt = excerpt_of("k\t= '\u{1b}[0m' # x", "'\u{1b}[0m'", false);
        assert_eq!(excerpt.text(), "k = '\\u{1b}[0m' # x");
        assert_eq!(excerpt.carets(), "    ^^^^^^^^^^^");
    }

    #[test]
    fn a_secret_is_masked_where_it_is_at_fault() {
        let excerpt = excerpt_of("url = \"hunter2\" # c", "\"hunter2\"", true);
        assert_eq!(excerpt.text(), "url = … # c");
        assert_eq!(excerpt.carets(), "      ^");
    }

    #[test]
    fn a_fault_inside_of_a_mask_is_marked_at_the_mask() {
        let excerpt = excerpt_of("client_secret = { evn = \"hunter2\" }", "evn", false);
        assert_eq!(excerpt.text(), "client_secret = …");
        assert_eq!(excerpt.carets(), "                ^");
    }

    #[test]
    fn a_key_named_like_a_secret_masks_its_line_whatever_is_at_fault() {
        for text in [
            "x = { client_secret = \"hunter2\", y = }",
            "x.\"client_secret\" = hunter2 y",
            "x = 1\nclient_secret = \"\"\"\nhunter2 = y\n",
            "x = 1\nclient_secret = \"\"\"\nhunter2 y\n",
        ] {
            let excerpt = excerpt_of(text, "y", false);
            assert!(!excerpt.text().contains("hunter2"), "{}", excerpt.text());
        }
        let excerpt = excerpt_of("token_endpoint_auth_method = 'client_secret_basic'", "'", false);
        assert_eq!(excerpt.text(), "token_endpoint_auth_method = 'client_secret_basic'");
    }

    #[test]
    fn a_long_line_is_cut_around_the_fault() {
        let text = format!("k = \"{}\" # {}", "a".repeat(300), "b".repeat(300));
        let excerpt = excerpt_of(&text, "# b", false);
        assert!(excerpt.text().chars().count() <= 122);
        let marked: String =
            excerpt.text().chars().skip(excerpt.mark().start).take(excerpt.mark().len()).collect();
        assert_eq!(marked, "# b");
    }

    #[test]
    fn no_range_is_out_of_the_text() {
        for (text, range) in [("", 0..0), ("ä", 1..1), ("a\r\n", 3..9), ("a\r\nb", 1..2)] {
            let excerpt = Excerpt::new(text, range.clone());
            assert!(!excerpt.mark().is_empty());
            assert!(locate(text, range).line >= 1);
        }
    }

    #[test]
    fn quotes_are_bounded_and_printable() {
        assert_eq!(quoted("a\nb"), "`a\\nb`");
        assert_eq!(printable("\u{202e}"), "\\u{202e}");
        assert!(quoted(&"x".repeat(1000)).chars().count() < 110);
    }
}
