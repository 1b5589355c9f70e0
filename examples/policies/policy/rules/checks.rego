# If a check block fails, Terraform only warns. This rule fails the pull request's check.
#
# Setting: true.
package datastack.rules.checks

needs := set()
systems := set()
judges := set()

default valid := false

valid if data.access.rules.checks == true

deny contains {
	"address": instance.address.to_display,
	"subject": "the condition",
	"problem": sprintf(`did not pass (status "%s")%s`, [instance.status, reasons(instance)]),
	"remedy": object.get(remedies, instance.status, "Fix what the check reports, or change the condition."),
} if {
	some check in input.checks
	check.address.kind == "check"
	some instance in instances(check)
	instance.status != "pass"
}

remedies := {"unknown": "Use only values that are known during plan."}

instances(check) := check.instances

# Terraform evaluated no instance. It does so when it destroys everything, where checks
# do not matter, and for parts that -target leaves out, where they do.
instances(check) := [check] if {
	not check.instances
	some change in input.resource_changes
	some action in change.change.actions
	action in {"create", "update"}
}

reasons(instance) := concat("", [concat("", [": ", trim_suffix(problem.message, ".")]) |
	some problem in object.get(instance, "problems", [])
])
