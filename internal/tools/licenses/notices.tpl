The provider's binary contains the modules below. Each is listed with its version, its license and the text of it.
{{ range . }}
================================================================================
{{ .Name }} {{ .Version }} ({{ .LicenseName }})
================================================================================

{{ .LicenseText }}
{{ end }}
