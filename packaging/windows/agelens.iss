; Inno Setup: the installer for Windows, for one user or for all. Not yet run.
; ISCC.exe /DVersion=0.1.0 /Odist packaging\windows\agelens.iss
#ifndef Version
  #error Say /DVersion=...
#endif

[Setup]
AppId={{6B0A4A0E-6B0C-4B7C-9E0B-5B1B1F2A7D31}
AppName=Agelens
AppVersion={#Version}
AppVerName=Agelens {#Version}
AppPublisher=Agelens developers
DefaultDirName={autopf}\Agelens
DefaultGroupName=Agelens
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
LicenseFile=..\..\LICENSE
SetupIconFile=..\..\build\package\stage\icons\agelens.ico
UninstallDisplayIcon={app}\agelens.exe
OutputBaseFilename=agelens-{#Version}-windows-x64-setup
Compression=lzma2/max
SolidCompression=yes
ChangesAssociations=yes
ChangesEnvironment=yes
CloseApplications=yes
WizardStyle=modern

[Languages]
Name: "english"; MessagesFile: "compiler:Default.isl"
Name: "spanish"; MessagesFile: "compiler:Languages\Spanish.isl"

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; Flags: unchecked
Name: "openwith"; Description: "Offer Agelens under ""Open with"" for photos"

[Files]
Source: "..\..\dist\agelens\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion

[InstallDelete]
; What an older version had in its folder must not be found by this one.
Type: filesandordirs; Name: "{app}\_internal"

[Icons]
Name: "{group}\Agelens"; Filename: "{app}\agelens.exe"
Name: "{autodesktop}\Agelens"; Filename: "{app}\agelens.exe"; Tasks: desktopicon

[Registry]
Root: HKA; Subkey: "Software\Classes\Applications\agelens.exe"; ValueType: string; ValueName: "FriendlyAppName"; ValueData: "Agelens"; Flags: uninsdeletekey; Tasks: openwith
Root: HKA; Subkey: "Software\Classes\Applications\agelens.exe\shell\open\command"; ValueType: string; ValueData: """{app}\agelens.exe"" ""%1"""; Tasks: openwith
Root: HKA; Subkey: "Software\Classes\Applications\agelens.exe\SupportedTypes"; ValueType: string; ValueName: ".jpg"; ValueData: ""; Tasks: openwith
Root: HKA; Subkey: "Software\Classes\Applications\agelens.exe\SupportedTypes"; ValueType: string; ValueName: ".jpeg"; ValueData: ""; Tasks: openwith
Root: HKA; Subkey: "Software\Classes\Applications\agelens.exe\SupportedTypes"; ValueType: string; ValueName: ".png"; ValueData: ""; Tasks: openwith
Root: HKA; Subkey: "Software\Classes\Applications\agelens.exe\SupportedTypes"; ValueType: string; ValueName: ".webp"; ValueData: ""; Tasks: openwith
Root: HKA; Subkey: "Software\Classes\Applications\agelens.exe\SupportedTypes"; ValueType: string; ValueName: ".tif"; ValueData: ""; Tasks: openwith
Root: HKA; Subkey: "Software\Classes\Applications\agelens.exe\SupportedTypes"; ValueType: string; ValueName: ".heic"; ValueData: ""; Tasks: openwith
Root: HKA; Subkey: "Software\Classes\Applications\agelens.exe\SupportedTypes"; ValueType: string; ValueName: ".avif"; ValueData: ""; Tasks: openwith

[Run]
Filename: "{app}\agelens.exe"; Description: "{cm:LaunchProgram,Agelens}"; Flags: nowait postinstall skipifsilent
