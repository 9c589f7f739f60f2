// SPDX-License-Identifier: MIT
// Macros that other libraries' headers define, as a program may have them before it includes awsxx.
#pragma once

// NOLINTBEGIN

// <windows.h>
#undef min
#undef max
#define min(a, b) (((a) < (b)) ? (a) : (b))
#define max(a, b) (((a) > (b)) ? (a) : (b))
#define ABSOLUTE 1
#define ALTERNATE 1
#define CALLBACK __stdcall
#define CONST const
#define CreateEvent CreateEventW
#define CreateFile CreateFileW
#define CreateProcess CreateProcessW
#define CreateService CreateServiceW
#define DELETE 0x00010000L
#define DIFFERENCE 11
#define DOMAIN 1
#define DeleteFile DeleteFileW
#define ERROR 0
#define EncryptFile EncryptFileW
#define FAR far
#define GetCommandLine GetCommandLineW
#define GetCurrentTime() GetTickCount()
#define GetEnvironmentVariable GetEnvironmentVariableW
#define GetJob GetJobW
#define GetMessage GetMessageW
#define GetObject GetObjectW
#define GetUserName GetUserNameW
#define IGNORE 0
#define IN
#define INFINITE 0xffffffff
#define NEAR near
#define NO_ERROR 0L
#define OPTIONAL
#define OUT
#define OVERFLOW 3
#define RELATIVE 2
#define ReportEvent ReportEventW
#define SendMessage SendMessageW
#define StartService StartServiceW
#define STRICT 1
#define TRANSPARENT 1
#define UNDERFLOW 4
#define VOID void
#define Yield()
#define cdecl
#define far
#define hyper long long
#define interface struct
#define near
#define pascal
#define small char

// <X11/Xlib.h>
#define Always 2
#define Bool int
#define False 0
#define None 0L
#define Status int
#define Success 0
#define True 1

// Qt
#define emit
#define foreach Q_FOREACH
#define forever for (;;)
#define signals public
#define slots

// g++ without -std=c++20, and <sys/sysmacros.h>
#define linux 1
#define unix 1
#define major(dev) (static_cast<int>((dev) >> 8))
#define minor(dev) (static_cast<int>((dev)&0xff))

// NOLINTEND
