package datastack.rules.pending_invite_test

import data.datastack.plans_test as plans

access := {"rules": {"pending_invite": {"dbtcloud": 14, "fivetran": 7}}}

invite(name, status, created_at) := {"email": sprintf("%s@northwind.example", [name]), "status": status, "created_at": created_at}

dbtcloud := plans.read("datastack_dbtcloud_invites", {"statuses": null, "invites": [
	invite("old", "pending", "2026-06-17T11:59:59.999999Z"),
	invite("unverified", "pending_verification", "2026-01-01T00:00:00Z"),
	invite("undated", "pending", null),
	invite("strange", "pending", "yesterday"),
	invite("young", "pending", "2026-06-17T12:00:01Z"),
	invite("redeemed", "redeemed", "2025-01-01T00:00:00Z"),
	invite("expired", "expired", "2025-01-01T00:00:00Z"),
	invite("verified", "verified_sso", "2025-01-01T00:00:00Z"),
	invite("unknown", null, "2025-01-01T00:00:00Z"),
]})

fivetran := plans.read("datastack_fivetran_users", {"emails": null, "roles": null, "statuses": null, "users": [
	invite("waiting", "invited", "2026-06-24T11:59:59Z"),
	invite("fresh", "invited", "2026-06-25T00:00:00Z"),
	invite("here", "active", "2020-01-01T00:00:00Z"),
]})

test_old_invites_are_found if {
	plans.denied(access, plans.plan([], [dbtcloud, fivetran])) == {
		"pending_invite: old@northwind.example",
		"pending_invite: unverified@northwind.example",
		"pending_invite: undated@northwind.example",
		"pending_invite: strange@northwind.example",
		"pending_invite: unknown@northwind.example",
		"pending_invite: waiting@northwind.example",
	}
}

test_an_invite_that_the_plan_deletes_passes if {
	found := plans.denied(access, plans.plan([plans.deleted("waiting@northwind.example")], [dbtcloud, fivetran]))
	not "pending_invite: waiting@northwind.example" in found
}

test_only_the_data_sources_of_the_setting_are_required if {
	plans.denied({"rules": {"pending_invite": {"fivetran": 7}}}, plans.plan([], [fivetran])) == {"pending_invite: waiting@northwind.example"}
	plans.denied({"rules": {"pending_invite": {"fivetran": 7}}}, plans.plan([], [dbtcloud])) == {`data_sources: the rule "pending_invite"`}
	`data_sources: the rule "pending_invite"` in plans.denied({"rules": {"pending_invite": {"dbtcloud": 7}}}, plans.plan([], [fivetran]))
}

test_other_settings_are_not_valid if {
	every setting in [14, {}, {"rudderstack": 14}, {"dbtcloud": "14"}, {"dbtcloud": 0}] {
		"settings: pending_invite" in plans.denied({"rules": {"pending_invite": setting}}, plans.plan([], [dbtcloud, fivetran]))
	}
}
