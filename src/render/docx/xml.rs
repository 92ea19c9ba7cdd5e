//! XML that is well-formed by construction: an element closes where its closure ends.

use quick_xml::escape::escape;
use std::borrow::Cow;

/// XML in the making.
pub(super) struct Xml(String);

impl Xml {
    /// A document, before its root.
    pub fn new() -> Xml {
        Xml("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n".to_owned())
    }

    /// An element with something in it.
    pub fn element(&mut self, name: &str, attributes: &[(&str, &str)], inside: impl FnOnce(&mut Xml)) {
        self.open(name, attributes);
        self.0.push('>');
        inside(self);
        self.0 += "</";
        self.0 += name;
        self.0.push('>');
    }

    /// An element with nothing in it.
    pub fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.open(name, attributes);
        self.0 += "/>";
    }

    /// An element whose only attribute is `w:val`.
    pub fn value(&mut self, name: &str, value: &str) {
        self.empty(name, &[("w:val", value)]);
    }

    /// Text.
    pub fn text(&mut self, text: &str) {
        self.0 += &escape(allowed(text));
    }

    pub fn into_bytes(self) -> Vec<u8> {
        self.0.into_bytes()
    }

    fn open(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.0.push('<');
        self.0 += name;
        for (key, value) in attributes {
            self.0.push(' ');
            self.0 += key;
            self.0 += "=\"";
            self.0 += &escape(allowed(value));
            self.0.push('"');
        }
    }
}

/// Text without signs that XML cannot hold; line breaks and tabs become blanks.
fn allowed(text: &str) -> Cow<'_, str> {
    let is_bad = |c: char| c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}');
    let instead = |c: char| match c {
        '\n' | '\r' | '\t' => ' ',
        c if is_bad(c) => char::REPLACEMENT_CHARACTER,
        c => c,
    };
    match text.contains(is_bad) {
        true => text.replace("\r\n", " ").chars().map(instead).collect(),
        false => Cow::Borrowed(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_cannot_hold_is_replaced_or_escaped() {
        let mut xml = Xml::new();
        xml.element("a", &[("b", "<\"&")], |xml| xml.text("x <\ny & \u{1}\u{ffff}"));
        let text = String::from_utf8(xml.into_bytes()).unwrap_or_default();
        assert!(text.ends_with("<a b=\"&lt;&quot;&amp;\">x &lt; y &amp; \u{fffd}\u{fffd}</a>"), "{text}");
    }
}
