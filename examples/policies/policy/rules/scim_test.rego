package datastack.rules.scim_test

import data.datastack.plans_test as plans

denied(values) := found if {
	plan := plans.plan([], [plans.read("datastack_dbtcloud_scim_config", values)])
	found := {finding.problem | some finding in data.main.deny} with data.access as {"rules": {"scim": true}} with input as plan
}

off := "does not have SCIM turned on"

manual := "allows manual updates to users and groups that SCIM manages"

test_scim_without_manual_updates_passes if denied({"enabled": true, "manual_updates_allowed": false}) == set()

test_other_values_do_not_pass if {
	denied({"enabled": false, "manual_updates_allowed": false}) == {off}
	denied({"enabled": true, "manual_updates_allowed": true}) == {manual}
	denied({"enabled": null, "manual_updates_allowed": null}) == {off, manual}
	denied({}) == {off, manual}
}
