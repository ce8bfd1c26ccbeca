; The Windows installer: for one user, without administrator's rights. UTF-8: makensis -INPUTCHARSET UTF8.
;   -DPAYLOAD=folder with the files to install  -DVERSION=0.1.0  -DOUT=installer.exe
; Drafts are never touched. Silent: /S, with /D=C:\folder last and unquoted.
Unicode true
; The 32-bit stub does not start where only 64-bit programs do.
Target amd64-unicode
!include MUI2.nsh
!include FileFunc.nsh
!include LogicLib.nsh

!define NAME "勾稽"
!define ID "gouji"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\${ID}"
!define APP_PATH "Software\Microsoft\Windows\CurrentVersion\App Paths\gouji.exe"

Name "${NAME}"
OutFile "${OUT}"
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\${ID}"
InstallDirRegKey HKCU "Software\${ID}" "InstallDir"
SetCompressor /SOLID lzma
SetCompressorDictSize 64
; The same files give the same installer.
SetDateSave off
ManifestDPIAware true
ManifestSupportedOS Win10
BrandingText "${NAME} ${VERSION}"
VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=2052 "ProductName" "${NAME}"
VIAddVersionKey /LANG=2052 "FileDescription" "${NAME} 安装程序"
VIAddVersionKey /LANG=2052 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "LegalCopyright" "MIT OR Apache-2.0"

!define MUI_ICON "${PAYLOAD}\gouji.ico"
!define MUI_UNICON "${PAYLOAD}\gouji.ico"
!define MUI_ABORTWARNING
!define MUI_LICENSEPAGE_TEXT_TOP "勾稽是自由软件，不收费，不联网，也不用账号。"
!define MUI_LICENSEPAGE_TEXT_BOTTOM "同意许可才能安装。装到本用户名下，不需要管理员权限。"
!define MUI_WELCOMEFINISHPAGE_BITMAP "../windows/finish.bmp"
!define MUI_FINISHPAGE_RUN "$INSTDIR\gouji.exe"
!define MUI_FINISHPAGE_RUN_TEXT "打开勾稽"
!define MUI_FINISHPAGE_SHOWREADME "$INSTDIR\用前必读.txt"
!define MUI_FINISHPAGE_SHOWREADME_TEXT "看一眼“用前必读”"
!define MUI_FINISHPAGE_SHOWREADME_NOTCHECKED
!insertmacro MUI_PAGE_LICENSE "${PAYLOAD}\许可.txt"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!define MUI_UNCONFIRMPAGE_TEXT_TOP "草稿、导出的文件和台账归类都留着，只移走程序。"
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE SimpChinese

; Windows lets nobody write to a program that is running. Asked again until it is closed; silently it is a failure.
!macro CLOSED GIVE_UP
  ${Do}
    ClearErrors
    ${IfNot} ${FileExists} "$INSTDIR\gouji.exe"
      ${ExitDo}
    ${EndIf}
    FileOpen $0 "$INSTDIR\gouji.exe" a
    ${IfNot} ${Errors}
      FileClose $0
      ${ExitDo}
    ${EndIf}
    MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "勾稽正在运行。请先保存草稿，关闭勾稽的窗口，再按“重试”。" /SD IDCANCEL IDRETRY +3
    SetErrorLevel 2
    ${GIVE_UP}
  ${Loop}
!macroend

Section
  SetShellVarContext current
  !insertmacro CLOSED Abort
  SetOutPath "$INSTDIR"
  SetOverwrite on
  File /r "${PAYLOAD}\*.*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  WriteRegStr HKCU "Software\${ID}" "InstallDir" "$INSTDIR"
  CreateShortCut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\gouji.exe" "" "$INSTDIR\gouji.ico" 0 SW_SHOWNORMAL "" "政府信息公开工作年度报告"

  WriteRegStr HKCU "Software\Classes\.gouji" "" "gouji.draft"
  WriteRegStr HKCU "Software\Classes\.gouji" "Content Type" "application/x-gouji"
  WriteRegStr HKCU "Software\Classes\.gouji\OpenWithProgids" "gouji.draft" ""
  WriteRegStr HKCU "Software\Classes\gouji.draft" "" "勾稽 年度报告草稿"
  WriteRegStr HKCU "Software\Classes\gouji.draft\DefaultIcon" "" "$INSTDIR\gouji.ico,0"
  WriteRegStr HKCU "Software\Classes\gouji.draft\shell\open\command" "" '"$INSTDIR\gouji.exe" "%1"'
  WriteRegStr HKCU "${APP_PATH}" "" "$INSTDIR\gouji.exe"

  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "${ID}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\gouji.ico"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  IntFmt $0 "0x%08X" $0
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" "$0"
  ${RefreshShellIcons}
SectionEnd

Section Uninstall
  SetShellVarContext current
  !insertmacro CLOSED Abort
  ; Each by name: a draft that somebody keeps in this folder stays, and the folder with it.
  Delete "$INSTDIR\gouji.exe"
  Delete "$INSTDIR\gouji.com"
  Delete "$INSTDIR\gouji.ico"
  Delete "$INSTDIR\许可.txt"
  Delete "$INSTDIR\第三方许可.txt"
  Delete "$INSTDIR\用前必读.txt"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  ; What was typed and not saved yet stands in this folder; only what is no draft goes.
  Delete "$APPDATA\${ID}\settings.ron"
  Delete "$APPDATA\${ID}\recent.txt"
  RMDir /r "$APPDATA\${ID}\print"
  RMDir "$APPDATA\${ID}\journal"
  RMDir "$APPDATA\${ID}\given-up"
  RMDir "$APPDATA\${ID}\generations"
  RMDir "$APPDATA\${ID}"
  Delete "$SMPROGRAMS\${NAME}.lnk"
  ReadRegStr $0 HKCU "Software\Classes\.gouji" ""
  ${If} $0 == "gouji.draft"
    DeleteRegKey HKCU "Software\Classes\.gouji"
  ${EndIf}
  DeleteRegKey HKCU "Software\Classes\gouji.draft"
  DeleteRegKey HKCU "${APP_PATH}"
  DeleteRegKey HKCU "${UNINSTALL}"
  DeleteRegKey HKCU "Software\${ID}"
  ${RefreshShellIcons}
SectionEnd
