# Types of settings, and of findings. With a setting of another type, a rule would
# find nothing.
package datastack.kinds

text(value) if {
	is_string(value)
	trim_space(value) != ""
}

# At least one string, and no empty entry.
texts(list) if {
	is_array(list)
	count(list) > 0
	every value in list { text(value) }
}

days(value) if {
	is_number(value)
	value > 0
}

# A value for at least one of the systems, and for no other.
by_system(value, systems) if {
	count(value) > 0
	object.keys(value) - systems == set()
}

# A finding has four strings: the address of the resource or data source, the
# user or thing it is about, what is wrong, and what to do.
finding(value) if {
	is_string(value.address)
	is_string(value.subject)
	text(value.problem)
	text(value.remedy)
}
