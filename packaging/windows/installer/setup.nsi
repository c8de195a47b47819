; The installer. Per user, without administrator's rights; for all users on request.
;   makensis -DVERSION= -DSOURCE= -DFILES= -DTARGET_FILE= -DSIZE_KB= -DICON= -DBANNER= [-DFAST] setup.nsi
; Silent: /S [/AllUsers] [/NoDesktop] [/D=folder, last and unquoted]
; Exit codes: 0 done, 2 cancelled, 5 the program is running, 6 cannot write, 7 a newer one is there
Unicode true
Target amd64-unicode
!include "MUI2.nsh"
!include "LogicLib.nsh"
!include "FileFunc.nsh"
!include "WordFunc.nsh"
!include "nsDialogs.nsh"
!define APP "KpiDesk"
!define NAME_CN "绩效考核台"
!define PUBLISHER "KPI Desk"
!define KEY "Software\${APP}"
!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\${APP}"
!define FILE_TYPE "KpiDesk.Company"
Name "${NAME_CN}"
BrandingText "${NAME_CN} ${VERSION}"
OutFile "${TARGET_FILE}"
RequestExecutionLevel user
ManifestDPIAware true
SetDateSave off   ; the time of building is no part of what is built
ManifestSupportedOS all
ShowInstDetails nevershow
ShowUninstDetails nevershow
!ifdef FAST
SetCompressor /SOLID bzip2
!else
SetCompressor /SOLID lzma
SetCompressorDictSize 64
!endif
VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=2052 "ProductName" "${NAME_CN}"
VIAddVersionKey /LANG=2052 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "FileDescription" "${NAME_CN} 安装程序"
VIAddVersionKey /LANG=2052 "CompanyName" "${PUBLISHER}"
VIAddVersionKey /LANG=2052 "LegalCopyright" "MIT"

Var ForAll
Var OnDesktop
Var ForAllBox
Var OnDesktopBox

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${BANNER}"
!define MUI_UNWELCOMEFINISHPAGE_BITMAP "${BANNER}"
!define MUI_ABORTWARNING
!define MUI_WELCOMEPAGE_TITLE "安装${NAME_CN} ${VERSION}"
!define MUI_WELCOMEPAGE_TEXT "绩效考核台帮您定目标、打印目标责任书、录入评分、打印考核报告和薪酬单。$\r$\n$\r$\n安装只需半分钟，不需要管理员权限，也不需要联网。已有的数据不会被改动。$\r$\n$\r$\n如果绩效考核台正在运行，请先关闭它。"
!define MUI_FINISHPAGE_RUN "$INSTDIR\${APP}.exe"
!define MUI_FINISHPAGE_RUN_TEXT "现在打开${NAME_CN}"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_LICENSE "${SOURCE}/app/LICENSE"
Page custom AskForWhom TakeForWhom
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!define MUI_UNCONFIRMPAGE_TEXT_TOP "程序将被卸载。您的公司文件、备份和设置都会保留。"
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"

!macro ChooseUser
  SetShellVarContext current
  ${If} $ForAll == "1"
    SetShellVarContext all
  ${EndIf}
!macroend

Function ChooseFolder
  !insertmacro ChooseUser
  ReadRegStr $0 SHCTX "${KEY}" "InstallDir"
  ${If} $0 != ""
    StrCpy $INSTDIR $0
  ${ElseIf} $ForAll == "1"
    StrCpy $INSTDIR "$PROGRAMFILES64\${APP}"
  ${Else}
    StrCpy $INSTDIR "$LOCALAPPDATA\Programs\${APP}"
  ${EndIf}
FunctionEnd

Function .onInit
  StrCpy $ForAll "0"
  StrCpy $OnDesktop "1"
  ${GetParameters} $R0
  ClearErrors
  ${GetOptions} $R0 "/AllUsers" $R1
  ${IfNot} ${Errors}
    StrCpy $ForAll "1"
  ${EndIf}
  ClearErrors
  ${GetOptions} $R0 "/NoDesktop" $R1
  ${IfNot} ${Errors}
    StrCpy $OnDesktop "0"
  ${EndIf}
  ${If} $INSTDIR == ""     ; /D= was not given
    Call ChooseFolder
  ${Else}
    !insertmacro ChooseUser
  ${EndIf}
  Call RefuseOlder
FunctionEnd

Function RefuseOlder
  ReadRegStr $0 SHCTX "${KEY}" "Version"
  ${If} $0 != ""
    ${VersionCompare} "$0" "${VERSION}" $1
    ${If} $1 == 1
      ${If} ${Silent}
        SetErrorLevel 7
        Quit
      ${EndIf}
      MessageBox MB_YESNO|MB_ICONEXCLAMATION|MB_DEFBUTTON2 "这台电脑上已经有更新的版本 $0。$\r$\n用旧版本 ${VERSION} 可能打不开新版本保存过的公司文件。$\r$\n$\r$\n仍要换成旧版本吗？" IDYES older
      SetErrorLevel 7
      Quit
      older:
    ${EndIf}
  ${EndIf}
FunctionEnd

Function AskForWhom
  !insertmacro MUI_HEADER_TEXT "为谁安装" "通常只为自己安装；几个人共用这台电脑时，可以为所有用户安装。"
  nsDialogs::Create 1018
  Pop $0
  ${NSD_CreateRadioButton} 0 10u 100% 12u "只为我安装（推荐，不需要管理员权限）"
  Pop $0
  ${NSD_CreateRadioButton} 0 28u 100% 12u "为这台电脑的所有用户安装（需要管理员权限）"
  Pop $ForAllBox
  ${If} $ForAll == "1"
    ${NSD_Check} $ForAllBox
  ${Else}
    ${NSD_Check} $0
  ${EndIf}
  ${NSD_CreateCheckbox} 0 58u 100% 12u "在桌面上放一个快捷方式"
  Pop $OnDesktopBox
  ${If} $OnDesktop == "1"
    ${NSD_Check} $OnDesktopBox
  ${EndIf}
  nsDialogs::Show
FunctionEnd

Function TakeForWhom
  ${NSD_GetState} $OnDesktopBox $0
  StrCpy $OnDesktop $0
  StrCpy $1 $ForAll
  ${NSD_GetState} $ForAllBox $0
  StrCpy $ForAll $0
  ${If} $ForAll == "1"
    UserInfo::GetAccountType
    Pop $0
    ${If} $0 != "Admin"
      ExecShell "runas" "$EXEPATH" "/AllUsers"
      Quit
    ${EndIf}
  ${EndIf}
  ${If} $1 != $ForAll
    Call ChooseFolder
  ${EndIf}
FunctionEnd

!macro CheckRunning un
Function ${un}CheckRunning
  ; a running program keeps its file open: it cannot be opened for writing
  again:
  ${If} ${FileExists} "$INSTDIR\${APP}.exe"
    ClearErrors
    FileOpen $0 "$INSTDIR\${APP}.exe" a
    ${If} ${Errors}
      ${IfNot} ${Silent}
        MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "${NAME_CN}正在运行。请先关闭它，然后点“重试”。" IDRETRY again
      ${EndIf}
      SetErrorLevel 5
      Quit
    ${EndIf}
    FileClose $0
  ${EndIf}
FunctionEnd
!macroend
!insertmacro CheckRunning ""
!insertmacro CheckRunning "un."

!macro RemoveProgram
  ; only what was put there: the folder may be one of the user's own, with other things in it
  RMDir /r "$INSTDIR\runtime"
  RMDir /r "$INSTDIR\app"
  Delete "$INSTDIR\许可.txt"
  Delete "$INSTDIR\${APP}.exe"
!macroend

!macro ShellChanged
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
!macroend

Section "install"
  !insertmacro ChooseUser
  Call CheckRunning
  SetOutPath "$INSTDIR"
  !insertmacro RemoveProgram   ; so that no file of the older version stays behind
  ClearErrors
  !include "${FILES}"
  ${If} ${Errors}
    SetErrorLevel 6
    Abort "无法写入安装文件夹。请换一个文件夹，或检查磁盘空间。"
  ${EndIf}
  ClearErrors
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\${NAME_CN}.lnk" "$INSTDIR\${APP}.exe" "" "$INSTDIR\${APP}.exe" 0 SW_SHOWNORMAL "" "绩效考核：目标责任书、评分、结果、薪酬"
  ${If} $OnDesktop == "1"
    CreateShortcut "$DESKTOP\${NAME_CN}.lnk" "$INSTDIR\${APP}.exe" "" "$INSTDIR\${APP}.exe" 0
  ${EndIf}
  WriteRegStr SHCTX "${KEY}" "InstallDir" "$INSTDIR"
  WriteRegStr SHCTX "${KEY}" "Version" "${VERSION}"
  WriteRegStr SHCTX "Software\Classes\.kpidesk" "" "${FILE_TYPE}"
  WriteRegStr SHCTX "Software\Classes\${FILE_TYPE}" "" "${NAME_CN}公司文件"
  WriteRegStr SHCTX "Software\Classes\${FILE_TYPE}\DefaultIcon" "" "$INSTDIR\${APP}.exe,1"
  WriteRegStr SHCTX "Software\Classes\${FILE_TYPE}\shell\open\command" "" '"$INSTDIR\${APP}.exe" "%1"'
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "DisplayName" "${NAME_CN}"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "Publisher" "${PUBLISHER}"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\${APP}.exe,0"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "EstimatedSize" ${SIZE_KB}
  WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "NoRepair" 1
  !insertmacro ShellChanged
SectionEnd

Function un.onInit
  StrCpy $ForAll "0"
  ReadRegStr $0 HKLM "${KEY}" "InstallDir"
  ${If} $0 == $INSTDIR
    StrCpy $ForAll "1"
  ${EndIf}
FunctionEnd

Section "Uninstall"
  !insertmacro ChooseUser
  Call un.CheckRunning
  !insertmacro RemoveProgram
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\${NAME_CN}.lnk"
  Delete "$DESKTOP\${NAME_CN}.lnk"
  ReadRegStr $0 SHCTX "Software\Classes\.kpidesk" ""
  ${If} $0 == "${FILE_TYPE}"
    DeleteRegKey SHCTX "Software\Classes\.kpidesk"
  ${EndIf}
  DeleteRegKey SHCTX "Software\Classes\${FILE_TYPE}"
  DeleteRegKey SHCTX "${UNINSTALL_KEY}"
  DeleteRegKey SHCTX "${KEY}"
  !insertmacro ShellChanged
SectionEnd
