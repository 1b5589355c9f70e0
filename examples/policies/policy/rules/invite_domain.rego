# Invites go to addresses at the company's domains: an address elsewhere outlives
# the contract, and no identity provider of the company switches it off.
#
# Setting: the domains.
package datastack.rules.invite_domain

import data.datastack.kinds
import data.datastack.planned

judges := {"email"}

valid if kinds.texts(data.access.rules.invite_domain)

deny contains {
	"address": invite.address,
	"subject": invite.email,
	"problem": sprintf("is not at a domain of the company (%s)", [concat(", ", data.access.rules.invite_domain)]),
	"remedy": "Invite the address that the person has at the company, or make them an exception.",
} if {
	some invite in planned.invites
	invite.new
	not at_company(invite.email)
}

at_company(email) if {
	some domain in data.access.rules.invite_domain
	endswith(email, concat("", ["@", lower(domain)]))
}
