"""Entry point of `python -m yoyak`."""

from yoyak.app import main

if __name__ == "__main__":
    main()
