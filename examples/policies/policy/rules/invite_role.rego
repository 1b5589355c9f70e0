# Roles come from one place: either each invite says which one, of those that
# are allowed, or none does, because teams give them.
#
# Setting: "required", "forbidden", or the roles that are allowed, of which each
# invite then needs one.
package datastack.rules.invite_role

import data.datastack.kinds
import data.datastack.planned

judges := {"email", "role"}

setting := data.access.rules.invite_role

valid if setting in {"required", "forbidden"}

valid if kinds.texts(setting)

deny contains {
	"address": invite.address,
	"subject": invite.email,
	"problem": "has no role",
	"remedy": "Give them one, with the argument role.",
} if {
	some invite in planned.roles
	setting != "forbidden"
	invite.role == null
}

deny contains {
	"address": invite.address,
	"subject": invite.email,
	"problem": sprintf("has the role %s, and teams are to give roles", [invite.role]),
	"remedy": "Take the argument role out.",
} if {
	some invite in planned.roles
	setting == "forbidden"
	invite.role != null
}

deny contains {
	"address": invite.address,
	"subject": invite.email,
	"problem": sprintf("has the role %s, which is not allowed", [invite.role]),
	"remedy": sprintf("Take one of these: %s.", [concat(", ", setting)]),
} if {
	some invite in planned.roles
	is_array(setting)
	invite.role != null
	not invite.role in setting
}
