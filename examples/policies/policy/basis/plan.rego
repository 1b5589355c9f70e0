# The rules need a complete plan.
package datastack.basis.plan

import data.datastack.data_sources

deny contains {
	"address": "input",
	"subject": "the file",
	"problem": "is not a plan in a JSON format that these rules support",
	"remedy": "Create it with: terraform plan -out=tfplan, then terraform show -json tfplan.",
} if {
	not is_plan
}

is_plan if startswith(input.format_version, "1.")

deny contains {
	"address": "input",
	"subject": "the plan",
	"problem": "ended with an error and is incomplete",
	"remedy": "Fix the error, and plan again.",
} if {
	input.errored
}

# Before version 1.6, Terraform does not mark the plan as errored.
deny contains {
	"address": check.address.to_display,
	"subject": "the condition",
	"problem": sprintf(`did not pass (status "%s")`, [check.status]),
	"remedy": "Fix what it reports, and plan again.",
} if {
	some check in input.checks
	check.address.kind != "check"
	check.status in {"fail", "error"}
}

# Terraform writes this; OpenTofu does not.
deny contains {
	"address": "input",
	"subject": "the plan",
	"problem": "covers only part of the configuration",
	"remedy": "Plan again without -target.",
} if {
	input.complete == false
	not input.errored
}

deny contains {
	"address": module.address,
	"subject": "the module",
	"problem": "is nested more than seven levels deep, and the rules do not read it",
	"remedy": "Nest it less deeply, or add a level to policy/data_sources.rego.",
} if {
	some module in data_sources.too_deep
}
