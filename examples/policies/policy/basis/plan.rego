# What is judged is a whole plan.
package datastack.basis.plan

import data.datastack.facts

deny contains {
	"address": "input",
	"subject": "the file",
	"problem": "is not a plan in a format that these rules know",
	"remedy": "Make it with: terraform plan -out=tfplan, then terraform show -json tfplan.",
} if {
	not is_plan
}

is_plan if startswith(input.format_version, "1.")

deny contains {
	"address": "input",
	"subject": "the plan",
	"problem": "ended with an error, so that parts of it are missing",
	"remedy": "Plan again when the error is gone.",
} if {
	input.errored
}

# Terraform says so; OpenTofu does not.
deny contains {
	"address": "input",
	"subject": "the plan",
	"problem": "leaves parts of the configuration out",
	"remedy": "Plan without -target.",
} if {
	input.complete == false
	not input.errored
}

deny contains {
	"address": module.address,
	"subject": "the module",
	"problem": "is nested deeper than the rules look",
	"remedy": "Add a level to facts.rego.",
} if {
	some module in facts.too_deep
}
