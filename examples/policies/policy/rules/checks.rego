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
	some instance in object.get(check, "instances", [check]) # none is known yet
	instance.status != "pass"
}

reasons(instance) := concat("", [concat("", [": ", trim_suffix(problem.message, ".")]) |
	some problem in object.get(instance, "problems", [])
])
