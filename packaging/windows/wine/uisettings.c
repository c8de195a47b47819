/* winshim_ui.dll: a minimal WinRT class Windows.UI.ViewManagement.UISettings for Wine 8.0, which lacks it.
   Only for test prefixes; never shipped to users. */
#define COBJMACROS
#include <windows.h>
#include <inspectable.h>
#include <activation.h>
#include <string.h>
#include <stdio.h>

typedef struct { BYTE A, R, G, B; } UIColor;
typedef struct { FLOAT w, h; } UISize;
static const GUID IID_UISettings1={0x85361600,0x1c63,0x4627,{0xbc,0xb1,0x3a,0x89,0xe0,0xbc,0x9c,0x55}};
static const GUID IID_UISettings2={0xbad82401,0x2721,0x44f9,{0xbb,0x91,0x2b,0xb2,0x28,0xbe,0x44,0x2f}};
static const GUID IID_UISettings3={0x03021be4,0x5254,0x4781,{0x81,0x94,0x51,0x68,0xf7,0xd0,0x6d,0x7b}};
static const GUID IID_UISettings4={0x52bb3002,0x919b,0x4d6b,{0x9b,0x78,0x8d,0xd6,0x6f,0xf4,0xb9,0x3b}};
static const GUID IID_UISettings5={0x5349d588,0x0cb5,0x5f05,{0xbd,0x34,0x70,0x6b,0x32,0x31,0xf0,0xbd}};
static const GUID IID_AgileObj   ={0x94ea2b94,0xe9cc,0x49e0,{0xc0,0xff,0xee,0x64,0xca,0x8f,0x5b,0x90}};
static const GUID MY_IID_IUnknown={0,0,0,{0xc0,0,0,0,0,0,0,0x46}};
static const GUID MY_IID_IInsp   ={0xaf86e2e0,0xb12d,0x4c6a,{0x9c,0x5a,0xd7,0xaa,0x65,0x10,0x1e,0x90}};
static const GUID MY_IID_IActF   ={0x00000035,0,0,{0xc0,0,0,0,0,0,0,0x46}};

typedef struct Obj { void **vt[6]; LONG ref; } Obj;      /* vt[k] is interface k; every iface ptr is &obj->vt[k] */
static void **VT[6];
static Obj *from(void *p, int k){ return (Obj*)((char*)p - k*sizeof(void*)); }
static HRESULT qi(Obj *o, REFIID r, void **out){
  int k=-1;
  if(!memcmp(r,&MY_IID_IUnknown,16)||!memcmp(r,&MY_IID_IInsp,16)||!memcmp(r,&IID_AgileObj,16)||!memcmp(r,&IID_UISettings1,16)) k=0;
  else if(!memcmp(r,&IID_UISettings2,16)) k=1; else if(!memcmp(r,&IID_UISettings3,16)) k=2;
  else if(!memcmp(r,&IID_UISettings4,16)) k=3; else if(!memcmp(r,&IID_UISettings5,16)) k=4;
  if(k<0){ *out=NULL; return E_NOINTERFACE; }
  InterlockedIncrement(&o->ref); *out=&o->vt[k]; return S_OK;
}
#define BASE(k) \
 static HRESULT WINAPI qi##k(void *p, REFIID r, void **o){ return qi(from(p,k),r,o);} \
 static ULONG WINAPI ar##k(void *p){ return InterlockedIncrement(&from(p,k)->ref);} \
 static ULONG WINAPI rl##k(void *p){ Obj *o=from(p,k); LONG n=InterlockedDecrement(&o->ref); if(!n) HeapFree(GetProcessHeap(),0,o); return n; }
BASE(0) BASE(1) BASE(2) BASE(3) BASE(4)
static HRESULT WINAPI iids(void*p,ULONG*n,IID**i){ *n=0;*i=NULL; return S_OK; }
static HRESULT WINAPI rcn(void*p,HSTRING*s){ *s=NULL; return S_OK; }
static HRESULT WINAPI tl(void*p,TrustLevel*t){ *t=BaseTrust; return S_OK; }
static HRESULT WINAPI g_int(void*p,UINT32*v){ *v=1; return S_OK; }
static HRESULT WINAPI g_size(void*p,UISize*v){ v->w=v->h=17; return S_OK; }
static HRESULT WINAPI g_dur(void*p,UINT32*v){ *v=5; return S_OK; }
static HRESULT WINAPI g_false(void*p,BYTE*v){ *v=0; return S_OK; }
static HRESULT WINAPI g_ms(void*p,UINT32*v){ *v=500; return S_OK; }
static HRESULT WINAPI g_dbl(void*p,DOUBLE*v){ *v=1.0; return S_OK; }
static HRESULT WINAPI add_ev(void*p,void*h,INT64*tok){ *tok=1; return S_OK; }
static HRESULT WINAPI rem_ev(void*p,INT64 tok){ return S_OK; }
static HRESULT WINAPI color(void*p,INT32 t,UIColor*c){
  static const UIColor C[]={{255,255,255,255},{255,0,0,0},{255,0,34,79},{255,0,66,117},{255,0,90,158},
    {255,0,120,215},{255,66,156,227},{255,118,185,237},{255,166,216,255},{255,255,255,255}};
  *c = C[(t>=0&&t<10)?t:5]; return S_OK; }
static HRESULT WINAPI elcolor(void*p,INT32 t,UIColor*c){ UIColor k={255,240,240,240}; *c=k; return S_OK; }
#define HDR(k) (void*)qi##k,(void*)ar##k,(void*)rl##k,(void*)iids,(void*)rcn,(void*)tl
static void *V0[]={HDR(0),g_int,g_size,g_size,g_size,g_size,g_dur,g_false,g_false,g_ms,g_int,g_ms,g_ms,elcolor};
static void *V1[]={HDR(1),g_dbl,add_ev,rem_ev};
static void *V2[]={HDR(2),color,add_ev,rem_ev};
static void *V3[]={HDR(3),g_false,add_ev,rem_ev};
static void *V4[]={HDR(4),g_false,add_ev,rem_ev};

static HRESULT WINAPI f_qi(void*p,REFIID r,void**o){
  if(!memcmp(r,&MY_IID_IUnknown,16)||!memcmp(r,&MY_IID_IInsp,16)||!memcmp(r,&IID_AgileObj,16)||!memcmp(r,&MY_IID_IActF,16)){*o=p;return S_OK;}
  *o=NULL; return E_NOINTERFACE; }
static ULONG WINAPI f_ref(void*p){ return 2; }
static HRESULT WINAPI f_act(void*p,IInspectable**o){
  Obj *x=HeapAlloc(GetProcessHeap(),HEAP_ZERO_MEMORY,sizeof*x); x->ref=1;
  x->vt[0]=V0;x->vt[1]=V1;x->vt[2]=V2;x->vt[3]=V3;x->vt[4]=V4; *o=(IInspectable*)&x->vt[0]; return S_OK; }
static void *VF[]={f_qi,f_ref,f_ref,iids,rcn,tl,f_act};
static void *factory[]={VF};
__declspec(dllexport) HRESULT WINAPI DllGetActivationFactory(HSTRING cls, void **out){ *out=factory; return S_OK; }
__declspec(dllexport) HRESULT WINAPI DllCanUnloadNow(void){ return S_FALSE; }
