# What data sources read while planning. It stands in prior_state and nowhere
# else in a plan.
package datastack.facts

# The data sources of a type that show everyone or everything, as they are: with
# a filter a rule would judge less, and with an alias somebody else.
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

# Modules may read the same. What they found is shown once.
read_elsewhere(source) if {
	some other in sources
	other.type == source.type
	other.address < source.address
	other.values == source.values
}

arguments := {
	"datastack_dbtcloud_invites": {"statuses"},
	"datastack_fivetran_users": {"emails", "roles", "statuses"},
	"datastack_identities": {"systems", "emails", "email_aliases"},
}

# In a check block a read that failed is only a warning, and has no result.
results := {
	"datastack_dbtcloud_invites": ["invites"],
	"datastack_dbtcloud_licenses": ["licenses"],
	"datastack_dbtcloud_service_tokens": ["service_tokens"],
	"datastack_fivetran_users": ["users"],
	"datastack_identities": ["people"],
}

# People as datastack_identities joins them.
people := [person |
	some source in whole("datastack_identities")
	some person in source.values.people
]

# Arrays rather than sets: a set would hash each list that was read, whole.
sources := [resource |
	some module in modules
	some resource in object.get(module, "resources", [])
	resource.mode == "data"
]

# Rego has no recursion, and walk would visit every value of every list: four
# times slower with 50,000 users. So modules are found level by level.
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

# Data sources of this provider that are read only on apply: what they tell is
# nowhere in the plan.
deferred := [change |
	some change in object.get(input, "resource_changes", [])
	startswith(change.type, "datastack_")
	change.action_reason in {"read_because_config_unknown", "read_because_dependency_pending"}
]

# Plans that have nothing to do with this provider need not tell anything.
provider_in_use if {
	some provider in input.configuration.provider_config
	endswith(provider.full_name, "/datastack")
}

provider_in_use if {
	some change in input.resource_changes
	startswith(change.type, "datastack_")
}

# The moment of the plan, in nanoseconds. Old plans do not tell.
now := time.parse_rfc3339_ns(input.timestamp)

now := time.now_ns() if not input.timestamp

# Whether a moment lies no more than so many days before the plan. One that was
# not told, or cannot be read, does not.
younger(moment, days) if {
	now - time.parse_rfc3339_ns(moment) <= ((((days * 24) * 60) * 60) * 1000) * 1000000
}
