# What settings can be. In one of another kind a rule would find nothing.
package datastack.kinds

text(value) if {
	is_string(value)
	trim_space(value) != ""
}

# At least one, and none that is forgotten.
texts(list) if {
	is_array(list)
	count(list) > 0
	every value in list { text(value) }
}

days(value) if {
	is_number(value)
	value > 0
}

# Something for at least one of the systems, and for no other.
by_system(value, systems) if {
	count(value) > 0
	object.keys(value) - systems == set()
}
