/* KpiDesk.exe: runs the Python beside it in this same process, so that the program has its own
   name, icon and window group, and no console.

   Layout: <dir>\KpiDesk.exe, <dir>\runtime\python311.dll, <dir>\app\start.py.
   Whatever is missing is told in a message box: before Python runs, nobody else can tell it. */
#include <windows.h>
#include <shellapi.h>
#include <shobjidl.h>
#include <wchar.h>

#define ROOM 32768
typedef int (*Py_Main_t)(int, wchar_t **);

static int fail(const wchar_t *what, const wchar_t *path)
{
    static wchar_t text[ROOM];
    unsigned long code = GetLastError();
    _snwprintf(text, ROOM - 1,
               L"程序文件不完整，无法启动。您的数据没有受影响。\n\n"
               L"请重新运行安装程序；如果杀毒软件隔离了文件，请先恢复。\n\n%ls\n%ls（错误代码 %lu）",
               what, path, code);
    if (!GetEnvironmentVariableW(L"KPIDESK_NO_DIALOG", NULL, 0))
        MessageBoxW(NULL, text, L"绩效考核台", MB_ICONERROR | MB_OK);
    return 70;
}

int WINAPI wWinMain(HINSTANCE self, HINSTANCE before, PWSTR line, int show)
{
    static wchar_t folder[ROOM], library[ROOM], script[ROOM];
    DWORD length = GetModuleFileNameW(NULL, folder, ROOM - 1);
    if (!length || length >= ROOM - 1)
        return fail(L"找不到程序所在的文件夹", L"");
    wchar_t *slash = wcsrchr(folder, L'\\');
    if (slash)
        *slash = 0;
    SetDllDirectoryW(L"");   /* never load a DLL from the current folder */
    SetCurrentProcessExplicitAppUserModelID(L"KPIDesk.KPIDesk");
    CreateMutexW(NULL, FALSE, L"Local\\KpiDesk.Running");

    _snwprintf(library, ROOM - 1, L"%ls\\runtime\\" PYTHON_DLL, folder);
    _snwprintf(script, ROOM - 1, L"%ls\\app\\start.py", folder);
    HMODULE python = LoadLibraryExW(library, NULL, LOAD_WITH_ALTERED_SEARCH_PATH);
    if (!python)
        return fail(L"无法载入：", library);
    Py_Main_t run = (Py_Main_t)(void *)GetProcAddress(python, "Py_Main");
    if (!run)
        return fail(L"文件已损坏：", library);
    if (GetFileAttributesW(script) == INVALID_FILE_ATTRIBUTES)
        return fail(L"缺少文件：", script);

    int count = 0, given = 0;
    wchar_t **words = CommandLineToArgvW(GetCommandLineW(), &count);
    wchar_t **all = HeapAlloc(GetProcessHeap(), HEAP_ZERO_MEMORY, (count + 8) * sizeof *all);
    if (!words || !all)
        return fail(L"内存不足", L"");
    all[given++] = words[0];
    all[given++] = L"-X";
    all[given++] = L"utf8";
    all[given++] = L"-B";    /* nothing is written into the program's folder */
    all[given++] = script;
    for (int i = 1; i < count; i++)
        all[given++] = words[i];
    return run(given, all);
}
