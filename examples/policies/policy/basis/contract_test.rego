package datastack.basis.contract_test

import data.datastack.plans_test as plans

own := {"rules": {"own": true}}

complete := {
	"deny": {finding},
	"valid": true,
	"needs": set(),
	"systems": set(),
	"judges": set(),
}

finding := {"address": "a.b", "subject": "ada@northwind.example", "problem": "is in Fivetran", "remedy": "Wait."}

empty := plans.plan([], [])

denied(rule) := found if {
	found := plans.denied(own, empty) with data.datastack.rules.own as rule
}

test_a_finding_of_a_complete_rule_is_shown if denied(complete) == {"own: ada@northwind.example"}

test_each_part_of_a_rule_is_required if {
	every part in ["valid", "needs", "systems", "judges"] {
		denied(object.remove(complete, [part])) == {"own: ada@northwind.example", `contract: the rule "own"`}
	}
	denied(object.remove(complete, ["deny"])) == {"settings: own"}
}

test_each_part_has_a_type if {
	every wrong in [
		{"deny": [finding]},
		{"deny": {"a": finding}},
		{"valid": "yes"},
		{"needs": {"identities"}},
		{"needs": ["datastack_identities"]},
		{"systems": {"dbt_cloud"}},
		{"judges": "email"},
		{"judges": {"e-mail"}},
	] {
		`contract: the rule "own"` in denied(object.union(complete, wrong))
	}
}

# object.union would merge the sets that it finds in both objects.
with_finding(made) := json.patch(complete, [{"op": "replace", "path": "deny", "value": {made}}])

test_a_finding_that_is_not_complete_is_shown if {
	every part in object.keys(finding) {
		denied(with_finding(object.remove(finding, [part]))) == {`contract: the rule "own"`}
	}
	every made in ["ada@northwind.example", null, object.union(finding, {"remedy": " "}), object.union(finding, {"subject": null})] {
		denied(with_finding(made)) == {`contract: the rule "own"`}
	}
}

test_an_exception_or_a_warning_does_not_hide_a_finding_that_is_not_complete if {
	access := object.union(own, {"warnings": ["own"], "exceptions": {"own": ["ada@northwind.example", `the rule "own"`]}})
	found := plans.denied(access, empty) with data.datastack.rules.own as with_finding(object.remove(finding, ["remedy"]))
	found == {`contract: the rule "own"`}
}

test_every_rule_of_this_directory_is_complete if {
	rules := {name: true | data.datastack.rules[name].deny}
	found := data.datastack.basis.contract.deny with data.access as {"rules": rules} with input as empty
	found == set()
}
