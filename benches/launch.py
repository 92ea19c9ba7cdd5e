"""launch.py PATH ARGUMENT...: runs a program; prints exit code, seconds of wall and CPU, and peak bytes as JSON.

A process's peak starts at what its parent held when it was forked. This one imports next to nothing,
so that the peak is the program's own.
"""
import os
import sys
import time


def run(command):
    nothing = os.open(os.devnull, os.O_WRONLY)
    start = time.perf_counter()
    pid = os.fork()
    if pid == 0:
        try:
            os.dup2(nothing, 1)  # stdout carries our JSON
            os.execv(command[0], command)
        except OSError as e:
            os.write(2, f"{command[0]}: {e.strerror}\n".encode())
        os._exit(127)
    _, status, usage = os.wait4(pid, 0)
    wall = time.perf_counter() - start
    unit = 1 if sys.platform == "darwin" else 1024  # macOS counts bytes, Linux KiB
    cpu = usage.ru_utime + usage.ru_stime
    return os.waitstatus_to_exitcode(status), wall, cpu, usage.ru_maxrss * unit


exit_code, wall, cpu, peak = run(sys.argv[1:])
print(f'{{"exit_code": {exit_code}, "wall": {wall}, "cpu": {cpu}, "peak": {peak}}}')
