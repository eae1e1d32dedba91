{{- define "pichat.name" -}}
{{ printf "%s" .Release.Name | trunc 63 | trimSuffix "-" }}
{{- end }}

{{- define "pichat.selector" -}}
app.kubernetes.io/name: pichat
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "pichat.labels" -}}
{{ include "pichat.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end }}
