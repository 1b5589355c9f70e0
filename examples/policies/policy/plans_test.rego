# Small plans for the tests of the rules, with only the fields that the rules read,
# and their findings.
package datastack.plans_test

import data.main

# The findings of a plan, as "rule: subject".
denied(access, plan) := {sprintf("%s: %s", [finding.rule, finding.subject]) | some finding in found} if {
	found := main.deny with data.access as access with input as plan
}

warned(access, plan) := {sprintf("%s: %s", [finding.rule, finding.subject]) | some finding in found} if {
	found := main.warn with data.access as access with input as plan
}

plan(changes, reads) := {
	"format_version": "1.2",
	"timestamp": "2026-07-01T12:00:00Z",
	"configuration": {"provider_config": {"datastack": {"full_name": "registry.terraform.io/datastack-iam/datastack"}}},
	"resource_changes": changes,
	"prior_state": {"values": {"root_module": {"resources": reads}}},
}

# A new invite. Values that you leave out are known only after apply.
invite(values) := change(["create"], null, values, {name: true |
	some name in ["email", "role"]
	not name in object.keys(values)
})

role_changed(email, before, after) := change(["update"], {"email": email, "role": before}, {"email": email, "role": after}, {})

deleted(email) := change(["delete"], {"email": email, "role": null}, null, {})

change(actions, before, after, unknown) := {
	"address": "datastack_fivetran_user_invite.person",
	"mode": "managed",
	"type": "datastack_fivetran_user_invite",
	"change": {"actions": actions, "before": before, "after": after, "after_unknown": unknown},
}

# A data source that was read during plan.
read(type, values) := {
	"address": sprintf("data.%s.all", [type]),
	"mode": "data",
	"type": type,
	"values": values,
}

people(all) := read("datastack_identities", {"systems": null, "emails": null, "people": all})
