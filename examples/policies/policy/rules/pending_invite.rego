# A pending invite gives access to every later reader of that mailbox.
#
# Setting: the number of days in which a user must accept, by system, such as
# {"dbtcloud": 14, "fivetran": 14}.
package datastack.rules.pending_invite

import data.datastack.data_sources
import data.datastack.kinds
import data.datastack.planned

setting := data.access.rules.pending_invite

systems := set()
judges := set()

default valid := false

valid if {
	kinds.by_system(setting, {"dbtcloud", "fivetran"})
	every days in setting { kinds.days(days) }
}

needs contains "datastack_dbtcloud_invites" if setting.dbtcloud

needs contains "datastack_fivetran_users" if setting.fivetran

deny contains finding(source, planned.fold(object.get(invite, "email", null)), "dbt Cloud", setting.dbtcloud, "Withdraw the invite, or send it again.") if {
	some source in data_sources.whole("datastack_dbtcloud_invites")
	some invite in source.values.invites
	not closed(invite)
	not data_sources.younger(object.get(invite, "created_at", null), setting.dbtcloud)
}

deny contains finding(source, planned.fold(object.get(user, "email", null)), "Fivetran", setting.fivetran, "Ask the user to accept it, or delete the user.") if {
	some source in data_sources.whole("datastack_fivetran_users")
	some user in source.values.users
	user.status == "invited"
	not data_sources.younger(object.get(user, "created_at", null), setting.fivetran)
	not leaves(user)
}

finding(source, email, system, days, remedy) := {
	"address": source.address,
	"subject": email,
	"problem": sprintf("has not accepted an invite to %s for more than %d days", [system, days]),
	"remedy": remedy,
}

closed(invite) if invite.status in {"redeemed", "expired", "verified_sso"}

leaves(user) if planned.fold(user.email) in planned.leaving
