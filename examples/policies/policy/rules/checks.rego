# To Terraform a check block that fails is a warning. Here it stops the change.
#
# Setting: true.
package datastack.rules.checks

valid if data.access.rules.checks == true

deny contains {
	"address": instance.address.to_display,
	"subject": "the condition",
	"problem": sprintf("did not pass (%s)%s", [instance.status, reasons(instance)]),
	"remedy": "Change what it says, or the condition.",
} if {
	some check in input.checks
	check.address.kind == "check"
	some instance in instances(check)
	instance.status != "pass"
}

instances(check) := check.instances

# Terraform evaluated none: so it does to destroy everything, where none matters,
# and for what -target leaves out, where they do.
instances(check) := [check] if {
	not check.instances
	some change in input.resource_changes
	some action in change.change.actions
	action in {"create", "update"}
}

reasons(instance) := concat("", [concat("", [": ", trim_suffix(problem.message, ".")]) |
	some problem in object.get(instance, "problems", [])
])
