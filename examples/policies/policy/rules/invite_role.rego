# Roles come from one place: either every invite sets a role, or none does because
# teams give roles.
#
# Setting: "required", "forbidden", or a list of allowed roles. With a list, every
# invite must set one of these roles.
package datastack.rules.invite_role

import data.datastack.kinds
import data.datastack.planned

setting := data.access.rules.invite_role

needs := set()
systems := set()
judges := {"email", "role"}
names := {"fivetran_role": setting} if is_array(setting)

default valid := false

valid if setting in {"required", "forbidden"}

valid if kinds.texts(setting)

deny contains {
	"address": invite.address,
	"subject": invite.email,
	"problem": "has no role",
	"remedy": `Set the argument "role".`,
} if {
	some invite in planned.roles
	setting != "forbidden"
	invite.role == null
}

deny contains {
	"address": invite.address,
	"subject": invite.email,
	"problem": sprintf(`has the role "%s", but only teams may give roles`, [invite.role]),
	"remedy": `Remove the argument "role".`,
} if {
	some invite in planned.roles
	setting == "forbidden"
	invite.role != null
}

deny contains {
	"address": invite.address,
	"subject": invite.email,
	"problem": sprintf(`has the role "%s", which is not allowed`, [invite.role]),
	"remedy": sprintf(`Choose one of these roles: "%s".`, [concat(`", "`, setting)]),
} if {
	some invite in planned.roles
	is_array(setting)
	invite.role != null
	not planned.fold(invite.role) in allowed
}

# As in invite_administrator, case does not matter.
allowed := {planned.fold(role) | some role in setting}
