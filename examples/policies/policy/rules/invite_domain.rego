# Invites go only to email addresses at the company's domains. Your identity provider
# cannot disable other addresses when a contract ends.
#
# Setting: the allowed domains.
package datastack.rules.invite_domain

import data.datastack.kinds
import data.datastack.planned

needs := set()
systems := set()
judges := {"email"}

default valid := false

valid if kinds.texts(data.access.rules.invite_domain)

deny contains {
	"address": invite.address,
	"subject": invite.email,
	"problem": sprintf("is not at an allowed domain (%s)", [concat(", ", data.access.rules.invite_domain)]),
	"remedy": "Use an email address at an allowed domain, or add this one to exceptions in settings/rules.yaml.",
} if {
	some invite in planned.invites
	invite.new
	not at_allowed_domain(invite.email)
}

at_allowed_domain(email) if {
	some domain in data.access.rules.invite_domain
	endswith(email, concat("", ["@", lower(domain)]))
}
