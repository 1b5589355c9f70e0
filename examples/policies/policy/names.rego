# The names of groups, roles and permission sets that settings can refer to, as far as
# the plan and the services' documentation show them.
package datastack.names

import data.datastack.data_sources
import data.datastack.planned

# Each kind of name: how it reads in a finding, the data source that lists all names of
# the kind, and the names that the services' documentation lists.
kinds := {
	"dbtcloud_group": {"noun": "group in dbt Cloud", "source": "datastack_dbtcloud_groups", "documented": set()},
	"dbtcloud_permission_set": {"noun": "permission set in dbt Cloud", "source": "datastack_dbtcloud_groups", "documented": permission_sets},
	"fivetran_role": {"noun": "account role in Fivetran", "source": "datastack_fivetran_roles", "documented": account_roles},
	"rudderstack_group": {"noun": "group in RudderStack", "source": "datastack_rudderstack_scim_groups", "documented": set()},
}

# https://docs.getdbt.com/docs/cloud/manage-access/enterprise-permissions
permission_sets := {
	"account_admin", "account_viewer", "admin", "analyst", "analyst_read", "billing_admin",
	"cost_insights_admin", "cost_insights_viewer", "cost_management_admin", "cost_management_viewer",
	"database_admin", "developer", "fusion_admin", "git_admin", "job_admin", "job_creator", "job_runner",
	"job_viewer", "manage_marketplace_apps", "member", "metadata_only", "notification_manager", "owner",
	"project_creator", "readonly", "scim_only", "security_admin", "semantic_layer_only", "stakeholder",
	"team_admin", "webhooks_only",
}

# https://fivetran.com/docs/using-fivetran/fivetran-dashboard/account-settings/role-based-access-control
# Fivetran still accepts Owner and ReadOnly, which have other names now.
account_roles := {"Account Administrator", "Account Analyst", "Account Billing", "Account Reviewer", "Owner", "ReadOnly"}

# Whether a name exists. Of many people, this visits only the first who has it.
exists(kind, name) if name in kinds[kind].documented

exists(kind, name) if name in listed(kind)

exists("dbtcloud_group", name) if {
	some person in data_sources.people
	name in person.dbtcloud.groups
}

exists("rudderstack_group", name) if {
	some person in data_sources.people
	name in person.rudderstack.groups
}

# Rules compare roles without case.
exists("fivetran_role", name) if {
	some role in (kinds.fivetran_role.documented | listed("fivetran_role"))
	planned.fold(role) == planned.fold(name)
}

# The names that data sources list.
listed("dbtcloud_group") := {group.name | some group in rows("datastack_dbtcloud_groups", "groups")}

listed("rudderstack_group") := {group.display_name | some group in rows("datastack_rudderstack_scim_groups", "groups")}

listed("fivetran_role") := {role.name |
	some role in rows("datastack_fivetran_roles", "roles")
	"ACCOUNT" in role.scopes
}

listed("dbtcloud_permission_set") := {permission.permission_set |
	some group in rows("datastack_dbtcloud_groups", "groups")
	some permission in group.permissions
} | {grant.permission_set |
	some token in rows("datastack_dbtcloud_service_tokens", "service_tokens")
	some grant in token.grants
}

rows(type, result) := [row |
	some source in data_sources.whole(type)
	some row in source.values[result]
]

# The names of groups that people are in.
used("dbtcloud_group") := {group | some person in data_sources.people; some group in person.dbtcloud.groups}

used("rudderstack_group") := {group | some person in data_sources.people; some group in person.rudderstack.groups}

used(kind) := set() if not kind in {"dbtcloud_group", "rudderstack_group"}

# All names of a kind that exist, empty if the plan shows no such data.
known(kind) := (kinds[kind].documented | listed(kind)) | used(kind)

# A question for the candidates that are spelled most like a name, "" if none is.
did_you_mean(name, candidates) := sprintf(`Did you mean "%s"? `, [concat(`" or "`, array.slice(sort(closest), 0, 3))]) if {
	scores := {candidate: similarity(name, candidate) | some candidate in candidates; is_string(candidate)}
	best := max({score | some score in scores})
	best >= 0.5
	closest := {candidate | some candidate, score in scores; score == best}
} else := ""

# From 0 to 1: how many pairs of letters two names have in common.
similarity(a, b) := (2 * count(pairs(a) & pairs(b))) / (count(pairs(a)) + count(pairs(b)))

pairs(name) := {substring(padded, at, 2) |
	padded := sprintf(" %s ", [lower(trim_space(name))])
	some at in numbers.range(0, count(padded) - 2)
}
