//! # `given`
//!
//! Awards the number that an appraiser entered, from 0 to the maximum (catalogue K15, K26).
//!
//! It has no keys of its own.
//!
//! ```toml
//! [[criterion]]
//! id = "3.1"
//! name = "Cung cấp dịch vụ công trực tuyến"
//! max = 12
//! kind = "given"
//! ```
//!
//! In a wide file the column is `3.1.points` (or `3.1`). 6.36 gives 6.36 points; 12.5 is refused:
//! it is more than the maximum.

use super::{Award, Given as Inputs, Head, Input, Kind, Numbers, Rule, Trace};
use crate::diagnostic::Diagnostics;
use crate::keys::Keys;
use crate::lang::Text;
use crate::model::Value;
use crate::number::both;
use crate::text;

pub(super) const KIND: Kind =
    Kind {
        name: "given", awards: ("điểm người thẩm định cho", "points given by an appraiser"), read
    };

#[derive(Debug)]
struct Given {
    inputs: [Input; 1],
}

fn read(_: &mut Keys<'_>, head: Head, _: &mut Diagnostics) -> Option<Box<dyn Rule>> {
    Some(Box::new(Given { inputs: [Input::number(Input::POINTS, Numbers::points(head.max))] }))
}

impl Rule for Given {
    fn inputs(&self) -> &[Input] {
        &self.inputs
    }

    fn award(&self, given: &Inputs<'_>, trace: &mut Trace) -> Award {
        let Value::Number(points) = given.values[0] else { return Award::without(given.values[0], 0) };
        let (vi, en) = both(points);
        trace.step(|| text!("điểm được cho: {vi}", "points given: {en}"));
        Award::Points(points)
    }

    fn describe(&self) -> Text {
        text!("điểm do người thẩm định cho", "points given by the appraiser")
    }
}
