//! Places in a text.

use std::ops::Range;

/// A place in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// The bytes of the key or value at fault.
    pub range: Range<usize>,
}

/// Where one key and its value stand, in bytes.
#[derive(Debug, Clone, Default)]
pub(crate) struct Place {
    pub(crate) key: Option<Range<usize>>,
    pub(crate) value: Range<usize>,
}

/// Where the bytes of `range` are in `text`.
pub(crate) fn locate(text: &str, range: Range<usize>) -> Location {
    let start = floor(text, range.start);
    let line = line_at(text, start);
    Location {
        line: text[..line.start].matches('\n').count() + 1,
        column: text[line.start..start.max(line.start)].chars().count() + 1,
        range: start..floor(text, range.end).max(start),
    }
}

/// The bytes of the line that holds `offset`, without its line break.
pub(crate) fn line_at(text: &str, offset: usize) -> Range<usize> {
    // A byte order mark is no part of the first line.
    let first = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let start = text[..offset].rfind('\n').map_or(first, |at| at + 1);
    let offset = offset.max(start);
    let end = text[offset..].find('\n').map_or(text.len(), |at| offset + at);
    let end = if text[start..end].ends_with('\r') { end - 1 } else { end };
    start..end.max(start)
}

/// The largest character boundary that is not behind `offset`.
pub(crate) fn floor(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}
