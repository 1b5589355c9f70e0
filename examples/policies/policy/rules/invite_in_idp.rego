# Only users in your identity provider are invited, so that disabling a leaver there
# covers Fivetran, too.
#
# Setting: true. data.access.idp has the email addresses; see settings/idp.yaml.
package datastack.rules.invite_in_idp

import data.datastack.kinds
import data.datastack.planned

needs := set()
systems := set()
judges := {"email"}

default valid := false

valid if {
	data.access.rules.invite_in_idp == true
	kinds.texts(data.access.idp)
}

deny contains {
	"address": invite.address,
	"subject": invite.email,
	"problem": "is not in the list of the identity provider",
	"remedy": "Add the user to the identity provider and update settings/idp.yaml, or use the email address listed there.",
} if {
	some invite in planned.invites
	invite.new
	not invite.email in known
}

known := {planned.fold(email) | some email in data.access.idp}
