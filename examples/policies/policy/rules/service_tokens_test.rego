package datastack.rules.service_tokens_test

import data.datastack.plans_test as plans

token(name, created_at, last_used, sets) := {
	"name": name,
	"created_at": created_at,
	"last_used": last_used,
	"grants": [{"permission_set": set} | some set in sets],
}

plan := plans.plan([], [plans.read("datastack_dbtcloud_service_tokens", {"service_tokens": [
	token("used", "2020-01-01T00:00:00Z", "2026-06-30T00:00:00Z", ["job_runner"]),
	token("used later", "2020-01-01T00:00:00Z", "2199-01-01T00:00:00Z", []),
	token("idle", "2020-01-01T00:00:00Z", "2026-01-01T00:00:00Z", ["account_viewer"]),
	token("never used", "2020-01-01T00:00:00Z", null, ["job_runner", "account_admin"]),
	token("new", "2026-06-30T00:00:00Z", null, []),
	token("undated", null, null, ["owner"]),
]})])

test_idle_tokens_are_found if {
	plans.denied({"rules": {"idle_service_token": 90}}, plan) == {
		"idle_service_token: idle",
		"idle_service_token: never used",
		"idle_service_token: undated",
	}
}

test_a_plan_without_a_time_counts_as_current if {
	found := plans.denied({"rules": {"idle_service_token": 90}}, json.remove(plan, ["timestamp"]))
	"idle_service_token: idle" in found
	not "idle_service_token: used later" in found
}

test_powerful_tokens_are_found if {
	plans.denied({"rules": {"service_token_grant": ["account_admin", "owner"]}}, plan) == {
		"service_token_grant: never used",
		"service_token_grant: undated",
	}
}

test_tokens_with_unknown_grants_are_found if {
	found := plans.plan([], [plans.read("datastack_dbtcloud_service_tokens", {"service_tokens": [
		object.union(token("unknown", null, null, []), {"grants": null}),
		token("half known", null, null, ["job_runner", null]),
		token("known", null, null, []),
	]})])
	plans.denied({"rules": {"service_token_grant": ["owner"]}}, found) == {
		"service_token_grant: unknown",
		"service_token_grant: half known",
	}
}

test_exceptions_pass if {
	access := {
		"rules": {"idle_service_token": 90, "service_token_grant": ["account_admin", "owner"]},
		"exceptions": {"idle_service_token": ["Idle"], "service_token_grant": ["never used"]},
	}
	plans.denied(access, plan) == {
		"idle_service_token: never used",
		"idle_service_token: undated",
		"service_token_grant: undated",
	}
}

test_the_data_source_is_required if {
	access := {"rules": {"idle_service_token": 90, "service_token_grant": ["owner"]}}
	plans.denied(access, plans.plan([], [])) == {`data_sources: the rule "idle_service_token"`, `data_sources: the rule "service_token_grant"`}
}
