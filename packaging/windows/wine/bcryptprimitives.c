/* stub bcryptprimitives.dll for Wine 8.0: ProcessPrng is used by pdfium (QtPdf) and by every recent Rust extension */
#include <windows.h>
BOOLEAN NTAPI SystemFunction036(PVOID, ULONG);   /* RtlGenRandom, advapi32 */
__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE p, SIZE_T n){ return SystemFunction036(p, (ULONG)n); }
