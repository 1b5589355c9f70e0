# The results of data sources that Terraform read during plan. In the JSON of a
# plan they are in prior_state and nowhere else.
package datastack.data_sources

# The data sources of a type that list everything, unchanged. With a filter, a rule
# would miss users; with an alias, it would check the wrong ones.
whole(type) := [source |
	some source in sources
	source.type == type
	every argument in object.get(arguments, type, set()) {
		object.get(source.values, argument, null) == null
	}
	every result in object.get(results, type, set()) {
		object.get(source.values, result, null) != null
	}
	not read_elsewhere(source)
]

# If several modules read the same data, findings on it are reported once.
read_elsewhere(source) if {
	some other in sources
	other.type == source.type
	other.address < source.address
	other.values == source.values
}

arguments := {
	"datastack_dbtcloud_groups": {"name_contains"},
	"datastack_dbtcloud_invites": {"statuses"},
	"datastack_fivetran_roles": {"scope"},
	"datastack_fivetran_users": {"emails", "roles", "statuses"},
	"datastack_identities": {"systems", "emails", "email_aliases"},
	"datastack_rudderstack_scim_groups": {"display_names"},
}

# If a read in a check block fails, Terraform only warns, and the result is null.
results := {
	"datastack_dbtcloud_groups": ["groups"],
	"datastack_dbtcloud_invites": ["invites"],
	"datastack_dbtcloud_licenses": ["licenses"],
	"datastack_dbtcloud_service_tokens": ["service_tokens"],
	"datastack_fivetran_roles": ["roles"],
	"datastack_fivetran_users": ["users"],
	"datastack_identities": ["people"],
	"datastack_rudderstack_scim_groups": ["groups"],
}

# People as datastack_identities joins them.
people := [person |
	some source in whole("datastack_identities")
	some person in source.values.people
]

# The name of a token, or its id if it has none.
name_of(token) := token.name if is_string(object.get(token, "name", null))

else := sprintf("number %v", [object.get(token, "id", "unknown")])

# Arrays, not sets: OPA would hash every result to put it into a set.
sources := [resource |
	some module in modules
	some resource in object.get(module, "resources", [])
	resource.mode == "data"
]

# Rego has no recursion, and walk visits every value of every list, which is four
# times slower with 50,000 users. So the rules read the modules level by level.
modules := [module |
	some level in [level_0, level_1, level_2, level_3, level_4, level_5, level_6, level_7]
	some module in level
]

level_0 := [input.prior_state.values.root_module]

level_1 := inside(level_0)

level_2 := inside(level_1)

level_3 := inside(level_2)

level_4 := inside(level_3)

level_5 := inside(level_4)

level_6 := inside(level_5)

level_7 := inside(level_6)

too_deep := inside(level_7)

inside(level) := [child |
	some module in level
	some child in object.get(module, "child_modules", [])
]

# Data sources of this provider that Terraform reads only during apply. Their
# results are not in the plan.
deferred := [change |
	some change in object.get(input, "resource_changes", [])
	startswith(change.type, "datastack_")
	change.action_reason in {"read_because_config_unknown", "read_because_dependency_pending"}
]

# A plan that does not use this provider needs none of its data sources.
provider_in_use if {
	some provider in input.configuration.provider_config
	endswith(provider.full_name, "/datastack")
}

provider_in_use if {
	some change in input.resource_changes
	startswith(change.type, "datastack_")
}

# The time of the plan, in nanoseconds. Old versions of Terraform do not write it.
now := time.parse_rfc3339_ns(input.timestamp)

now := time.now_ns() if not input.timestamp

# Whether a time is at most so many days before the plan. A missing or malformed
# time is not.
younger(timestamp, days) if {
	now - time.parse_rfc3339_ns(timestamp) <= ((((days * 24) * 60) * 60) * 1000) * 1000000
}
