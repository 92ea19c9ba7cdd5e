//! A draft of the decision that announces the results, after Mẫu 1.2 of Nghị định 30/2020/NĐ-CP:
//! what the round knows is filled in, what the office knows is left blank.

use super::issuer::{BLANK, Issuer};
use super::roman;
use crate::engine::rank::Block;
use crate::lang::Text;
use crate::scored::{LoadedTier, Scored};
use crate::text;
use crate::text::folded;

/// The parts of a decision, in the order of the page.
#[derive(Clone, Debug)]
pub struct Decision {
    /// The body above the issuer, if it has one.
    pub above: Option<Text>,
    /// The issuer, line by line.
    pub issuer: Vec<Text>,
    /// Quốc hiệu and tiêu ngữ.
    pub nation: [Text; 2],
    /// The number.
    pub number: Text,
    /// Place and date.
    pub date: Text,
    /// That it is a draft.
    pub draft: Text,
    /// The kind of document.
    pub kind: Text,
    /// What it is about.
    pub subject: Text,
    /// Who has the power to issue it.
    pub authority: Text,
    /// The legal basis, line by line.
    pub basis: Vec<Text>,
    /// "QUYẾT ĐỊNH:".
    pub decides: Text,
    /// The articles: their number and their words.
    pub articles: Vec<[Text; 2]>,
    /// "Nơi nhận:" and to whom it goes.
    pub recipients: (Text, Vec<Text>),
    /// Who signs, line by line.
    pub signer: Vec<Text>,
}

impl Decision {
    /// The draft for a scored round with so many annexes.
    pub(super) fn draft(scored: &Scored, issuer: &Issuer, annexes: usize) -> Decision {
        let subject = subject(scored);
        let (sign, place) = (issuer.sign(), issuer.place());
        let authority = issuer.in_a_sentence().to_uppercase();
        let (vi, en) = (&subject.vi, &subject.en);
        Decision {
            above: issuer.above(),
            issuer: issuer.lines(),
            nation: [
                text!("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "THE SOCIALIST REPUBLIC OF VIETNAM"),
                text!("Độc lập - Tự do - Hạnh phúc", "Independence - Freedom - Happiness"),
            ],
            number: text!("Số: {BLANK}/{sign}", "No. {BLANK}/{sign}"),
            date: text!(
                "{place}, ngày {BLANK} tháng {BLANK} năm {BLANK}",
                "{place}, day {BLANK} month {BLANK} year {BLANK}"
            ),
            draft: text!("DỰ THẢO", "DRAFT"),
            kind: text!("QUYẾT ĐỊNH", "DECISION"),
            subject: text!("Về việc công bố {vi}", "On the announcement of {en}"),
            authority: Text::same(authority),
            basis: basis(scored, issuer),
            decides: text!("QUYẾT ĐỊNH:", "DECIDES:"),
            articles: articles(scored, issuer, &subject, annexes),
            recipients: (
                text!("Nơi nhận:", "To:"),
                vec![
                    text!("- Như Điều 3;", "- As in Article 3;"),
                    Text::same(format!("- {BLANK}{BLANK}{BLANK};")),
                    text!("- Lưu: VT, {BLANK}.", "- Filed: clerk's office, {BLANK}."),
                ],
            ),
            signer: match issuer.is_committee {
                true => vec![
                    text!("TM. ỦY BAN NHÂN DÂN", "FOR THE PEOPLE'S COMMITTEE"),
                    text!("CHỦ TỊCH", "CHAIRPERSON"),
                ],
                false => vec![text!("QUYỀN HẠN, CHỨC VỤ CỦA NGƯỜI KÝ", "POSITION OF THE SIGNER")],
            },
        }
    }
}

/// What is announced: the title of the round, as a part of a sentence.
fn subject(scored: &Scored) -> Text {
    let Some(Text { vi, en }) = super::title(scored) else {
        return text!("kết quả {BLANK}", "the results of {BLANK}");
    };
    // "Kết quả đánh giá …" goes on from "công bố" with a small letter.
    let starts = |word: &str| folded(&vi).starts_with(&folded(word));
    match starts("kết quả ") {
        true => Text { vi: lower_first(&vi), en: format!("\"{en}\"") },
        false => text!("kết quả {vi}", "the results of \"{en}\""),
    }
}

/// Legal basis: blanks for the laws that the office knows, the decisions that the sets name, and the
/// proposal. Each line ends with a semicolon, the last with a full stop.
fn basis(scored: &Scored, issuer: &Issuer) -> Vec<Text> {
    let line = |words: &str| text!("Căn cứ {words}", "Pursuant to {words}");
    let mut lines = Vec::new();
    if issuer.is_committee {
        lines.push(text!(
            "Căn cứ Luật Tổ chức chính quyền địa phương ngày {BLANK} tháng {BLANK} năm {BLANK}",
            "Pursuant to the Law on Organization of Local Government dated {BLANK}"
        ));
    }
    for tier in &scored.loaded.tiers {
        for words in &tier.set.basis {
            let line = line(words.trim_end_matches([';', '.']));
            if !lines.contains(&line) {
                lines.push(line);
            }
        }
    }
    lines.push(line(&format!("{BLANK}{BLANK}{BLANK}{BLANK}")));
    lines.push(text!(
        "Theo đề nghị của {BLANK}{BLANK} tại Tờ trình số {BLANK}/TTr-{BLANK} ngày {BLANK} tháng {BLANK} năm {BLANK}",
        "At the proposal of {BLANK}{BLANK} in Submission No. {BLANK}/TTr-{BLANK} dated {BLANK}"
    ));
    let last = lines.len() - 1;
    for (at, line) in lines.iter_mut().enumerate() {
        let end = if at == last { '.' } else { ';' };
        line.vi.push(end);
        line.en.push(end);
    }
    lines
}

fn articles(scored: &Scored, issuer: &Issuer, subject: &Text, annexes: usize) -> Vec<[Text; 2]> {
    let (vi, en) = (&subject.vi, &subject.en);
    let counted = counted(scored);
    let (of_vi, of_en) = (&counted.vi, &counted.en);
    let by = match annexes {
        0 | 1 => text!("Phụ lục kèm theo Quyết định này", "the Annex to this Decision"),
        2 => text!("các Phụ lục I, II kèm theo Quyết định này", "Annexes I and II to this Decision"),
        _ => {
            let last = roman(annexes);
            text!(
                "các Phụ lục từ I đến {last} kèm theo Quyết định này",
                "Annexes I to {last} to this Decision"
            )
        }
    };
    let (by_vi, by_en) = (&by.vi, &by.en);
    let office = if issuer.is_committee {
        let name = &issuer.name;
        text!("Chánh Văn phòng {name}, ", "The Chief of Office of {name}, ")
    } else {
        Text::default()
    };
    let (office_vi, office_en) = (&office.vi, &office.en);
    let words = [
        text!("Công bố {vi} {of_vi}, theo {by_vi}.", "Announces {en} {of_en}, as set out in {by_en}."),
        text!(
            "Căn cứ kết quả công bố tại Điều 1, các cơ quan, đơn vị, địa phương phát huy kết quả đạt được, khắc phục những tiêu chí bị mất điểm; {BLANK}{BLANK} theo dõi, đôn đốc việc thực hiện.",
            "The units build on the results of Article 1 and improve the criteria in which they lost points; {BLANK}{BLANK} monitors this."
        ),
        text!(
            "Quyết định này có hiệu lực thi hành kể từ ngày ký. {office_vi}{BLANK}{BLANK} và thủ trưởng các cơ quan, đơn vị, địa phương có liên quan chịu trách nhiệm thi hành Quyết định này./.",
            "This Decision takes effect on the day of its signing. {office_en}{BLANK}{BLANK} and the heads of the bodies concerned are responsible for its execution./."
        ),
    ];
    let number = |(at, words): (usize, Text)| {
        let at = at + 1;
        [text!("Điều {at}.", "Article {at}."), words]
    };
    words.into_iter().enumerate().map(number).collect()
}

/// How many units there are, and how many of them are ranked.
fn counted(scored: &Scored) -> Text {
    let tiers = scored.tiers().map(|(tier, _, ranking)| {
        let count = |units: fn(&Block) -> usize| ranking.blocks.iter().map(units).sum::<usize>();
        let ranked = count(|block| block.ranked.len());
        let others = count(|block| block.unranked.len() + block.not_scored.len());
        (tier, ranked, others)
    });
    let one = |(tier, ranked, others): (&LoadedTier, usize, usize)| {
        let name =
            if tier.name.is_empty() { String::new() } else { format!("{}: ", lower_first(&tier.name)) };
        match others {
            0 => text!("{name}{ranked} đơn vị", "{name}{ranked} units"),
            _ => text!(
                "{name}{ranked} đơn vị được xếp hạng, {others} đơn vị không xếp hạng",
                "{name}{ranked} units ranked, {others} not ranked"
            ),
        }
    };
    let all: Vec<Text> = tiers.map(one).collect();
    Text::by(|lang| {
        let list: Vec<&str> = all.iter().map(|text| text.get(lang)).collect();
        format!("({})", list.join("; "))
    })
}

/// Words with a small first letter, as they stand in a sentence.
fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|c| c.to_lowercase().collect::<String>()).unwrap_or_default();
    first + letters.as_str()
}
