# The findings, formatted for a comment on a pull request. The author of the pull
# request controls parts of the texts, and GitHub accepts 65,536 characters.
package datastack.comment

denied := lines(data.main.deny)

warned := lines(data.main.warn)

# The table of who has access, if the output of that name is a string.
default review := ""

review := without_html(object.get(input, ["planned_values", "outputs", "access_review", "value"], ""))

shown := 40

lines(findings) := concat("\n", array.concat(
	array.slice([sprintf("- %s", [line(finding.msg)]) | some finding in findings], 0, shown),
	[sprintf("- and %d more", [more]) | more := count(findings) - shown; more > 0],
))

# On one line, so that a finding cannot start a heading.
line(text) := substring(without_html(regex.replace(text, `\s+`, " ")), 0, 700)

# HTML elements could hide the text after them.
without_html(text) := replace(text, "<", "&lt;")
