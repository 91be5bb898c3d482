# Signs files with the certificate in CERTIFICATE (base64 of a .pfx) and PASSWORD: sign.ps1 PATTERN
param([Parameter(Mandatory)][string]$Pattern)
$ErrorActionPreference = "Stop"
$pfx = Join-Path $env:TEMP "certificate.pfx"
[IO.File]::WriteAllBytes($pfx, [Convert]::FromBase64String($env:CERTIFICATE))
try {
    $signtool = Get-ChildItem "C:\Program Files (x86)\Windows Kits\10\bin\*\x64\signtool.exe" |
        Sort-Object FullName | Select-Object -Last 1
    foreach ($file in Get-ChildItem $Pattern) {
        & $signtool.FullName sign /fd SHA256 /td SHA256 /tr http://timestamp.digicert.com `
            /f $pfx /p $env:PASSWORD $file.FullName
        if ($LASTEXITCODE) { throw "$file was not signed" }
    }
} finally {
    Remove-Item $pfx
}
