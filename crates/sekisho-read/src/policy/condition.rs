//! `Condition`.

use sekisho_model::policy::{Comparison, Condition, Operator, PolicyText};

use super::Reader;
use super::value::{Node, Shape};
use crate::problem::POLICY_OPERATOR;

impl Reader<'_> {
    pub(super) fn conditions(&mut self, node: &Node) -> Vec<Condition> {
        let mut conditions = Vec::new();
        let Shape::Object(operators) = &node.shape else {
            self.wrong_type(node, "Condition", "object");
            return conditions;
        };
        for (index, written) in operators.iter().enumerate() {
            self.once(operators, index, written, "Condition");
            let operator = written.name.parse::<Operator>();
            if operator.is_err() {
                let problem = self
                    .problem(POLICY_OPERATOR, written.name_span, "Condition")
                    .with_text("text", &written.name)
                    .with_suggestion(&written.name, Comparison::ALL.iter().map(|comparison| comparison.as_str()));
                self.report(problem);
            }
            let element = format!("Condition.{}", written.name);
            let Shape::Object(keys) = &written.value.shape else {
                self.wrong_type(&written.value, &element, "object");
                continue;
            };
            for (index, key) in keys.iter().enumerate() {
                self.once(keys, index, key, &element);
                let values = key.value.elements().iter().filter_map(|value| self.condition_value(value, &element)).collect();
                self.characters(&key.name, key.name_span, &element);
                let text = PolicyText { text: key.name.clone(), place: self.place(key.name_span) };
                if let Ok(operator) = operator {
                    conditions.push(Condition { operator, key: text, values });
                }
            }
        }
        conditions
    }

    /// AWS takes `true` and `5` for `"true"` and `"5"`.
    fn condition_value(&mut self, node: &Node, element: &str) -> Option<PolicyText> {
        let text = match &node.shape {
            Shape::Bool(flag) => flag.to_string(),
            Shape::Number(number) => number.clone(),
            _ => return self.string(node, element),
        };
        Some(PolicyText { text, place: self.place(node.span) })
    }
}
