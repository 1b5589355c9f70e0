# What was found, as it is put into the comment on a pull request: whoever opens
# that has a say in many a text, and GitHub takes 65,536 characters.
package datastack.comment

denied := lines(data.main.deny)

warned := lines(data.main.warn)

# Who has access, from the output of that name if it is a text.
default review := ""

review := inert(object.get(input, ["planned_values", "outputs", "access_review", "value"], ""))

shown := 40

lines(findings) := concat("\n", array.concat(
	array.slice([sprintf("- %s", [line(finding.msg)]) | some finding in findings], 0, shown),
	[sprintf("- and %d more", [more]) | more := count(findings) - shown; more > 0],
))

# On one line, so that it can begin no heading.
line(text) := substring(inert(regex.replace(text, `\s+`, " ")), 0, 700)

# Without elements of HTML, which could hide what follows.
inert(text) := replace(text, "<", "&lt;")
